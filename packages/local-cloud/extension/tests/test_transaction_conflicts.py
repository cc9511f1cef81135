"""Concurrent transactions on one item."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import Cloud, eventually

AT_ONCE = 24


@pytest.fixture
def table(cloud: Cloud, name: str) -> str:
    cloud.client("dynamodb").create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("pk", "sk")])
    return name


def key(pk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": "-"}}


def increment(table: str, pk: str) -> dict[str, Any]:
    return {"TableName": table, "Key": key(pk), "UpdateExpression": "ADD n :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}}}


def errors_of(calls: list[Callable[[], object]]) -> list[ClientError]:
    def attempt(call: Callable[[], object]) -> ClientError | None:
        try:
            call()
        except ClientError as error:
            return error
        return None

    with ThreadPoolExecutor(len(calls)) as threads:
        return [error for error in threads.map(attempt, calls) if error is not None]


def write(db: Any, table: str, *keys: str, **options: Any) -> Callable[[], object]:
    return lambda: db.transact_write_items(TransactItems=[{"Update": increment(table, pk)} for pk in keys], **options)


def test_cancels_transactions_that_meet_on_an_item_and_carries_out_the_others(cloud: Cloud, table: str) -> None:
    db = cloud.client("dynamodb")
    errors = errors_of([write(db, table, "hot", f"own-{number}") for number in range(AT_ONCE)])
    assert 0 < len(errors) < AT_ONCE
    for error in errors:
        assert error.response["Error"]["Code"] == "TransactionCanceledException"
        assert [reason["Code"] for reason in error.response["CancellationReasons"]] == ["TransactionConflict", "None"]
    written = int(db.get_item(TableName=table, Key=key("hot"))["Item"]["n"]["N"])
    assert written == AT_ONCE - len(errors)


def test_refuses_a_single_write_and_a_transactional_read_meanwhile(cloud: Cloud, table: str) -> None:
    db = cloud.client("dynamodb")
    for other, code in (
        (lambda: db.update_item(**increment(table, "hot")), "TransactionConflictException"),
        (lambda: db.transact_get_items(TransactItems=[{"Get": {"TableName": table, "Key": key("hot")}}]),
         "TransactionCanceledException"),
    ):
        errors = errors_of([write(db, table, "hot"), other] * (AT_ONCE // 2))
        assert code in {error.response["Error"]["Code"] for error in errors}


def test_leaves_plain_reads_and_other_items_alone(cloud: Cloud, table: str) -> None:
    db = cloud.client("dynamodb")
    calls: list[Callable[[], object]] = [lambda: db.get_item(TableName=table, Key=key("a-0"))] * 8
    assert errors_of([*(write(db, table, f"a-{number}") for number in range(8)), *calls]) == []


def test_refuses_a_token_that_is_in_progress_and_repeats_a_finished_one(cloud: Cloud, table: str) -> None:
    db = cloud.client("dynamodb")
    repeat = write(db, table, "once", ClientRequestToken="token-1")
    codes = {error.response["Error"]["Code"] for error in errors_of([repeat] * AT_ONCE)}
    assert codes == {"TransactionInProgressException"}
    repeat()
    assert db.get_item(TableName=table, Key=key("once"))["Item"]["n"]["N"] == "1"


def test_costs_an_uncontended_transaction_little(cloud: Cloud, table: str) -> None:
    db = cloud.client("dynamodb")

    def milliseconds(call: Callable[[], object]) -> float:
        started = time.perf_counter()
        call()
        return (time.perf_counter() - started) * 1000

    transactions: list[float] = []
    single: list[float] = []

    def costs_little() -> bool:
        transactions.append(milliseconds(write(db, table, "calm")))
        single.append(milliseconds(lambda: db.update_item(**increment(table, "calm"))))
        return len(single) >= 20 and min(transactions) - min(single) < 6

    # The quickest of each: on a busy machine it takes more calls until both were undisturbed.
    eventually(costs_little)
