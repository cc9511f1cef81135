"""Signer signs zips for Lambda.

Stock MiniStack writes a JSON receipt where Signer was asked to sign a zip on the platform AWSLambda-SHA384-ECDSA: a
function that is deployed from the signed object has no code. On AWS the signed object is the zip with the signature
inside, and "signing fails for a zip file if the file is empty, already has a signature, or is malformed" (Create a
signing job for Lambda, AWS Signer Developer Guide). Here the signature is a file in META-INF that names the profile's
version and the digest of everything else in the zip: it tells whether a pipeline signs, not who could forge it.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .patching import require, swap

PATCH = "signed code"
SIGNATURE = "META-INF/aws_signer_signature_v1.0.SF"


@dataclass(frozen=True)
class _LambdaKey:
    """What stands for the key of a profile whose zips Lambda takes."""

    profile_version_arn: str


def install() -> None:
    """Let signing jobs on Lambda's platform write zips."""
    from ministack.services import signer

    require(signer, "_LAMBDA_PLATFORM_ID", patch=PATCH)
    swap(signer, "_signing_key", _with_lambda_keys, patch=PATCH, parameters="profile")
    swap(signer, "_iot_signed_object", _with_zips, patch=PATCH,
         parameters="key data src_bucket src_key version_id")


def signer_of(package: bytes) -> str | None:
    """The ARN of the profile's version that signed this zip; None where nobody has, or it was changed since."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            if SIGNATURE not in archive.namelist():
                return None
            signature: dict[str, str] = json.loads(archive.read(SIGNATURE))
            return signature["profileVersionArn"] if signature["digest"] == _digest(archive) else None
    except zipfile.BadZipFile:
        return None


def _with_lambda_keys(original: Callable[..., Any]) -> Callable[..., Any]:
    def signing_key(profile: dict[str, Any]) -> Any:
        from ministack.services import signer

        if profile.get("platformId") == signer._LAMBDA_PLATFORM_ID:
            return _LambdaKey(profile["profileVersionArn"])
        return original(profile)

    return signing_key


def _with_zips(original: Callable[..., Any]) -> Callable[..., Any]:
    def signed_object(key: Any, data: bytes, *source: Any) -> bytes | None:
        """None fails the job, which then writes nothing."""
        return _signed(data, key) if isinstance(key, _LambdaKey) else original(key, data, *source)

    return signed_object


def _signed(package: bytes, key: _LambdaKey) -> bytes | None:
    buffer = io.BytesIO(package)
    try:
        with zipfile.ZipFile(buffer) as archive:
            if not archive.namelist() or SIGNATURE in archive.namelist():
                return None
            digest = _digest(archive)
    except zipfile.BadZipFile:
        return None
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(SIGNATURE, json.dumps({"profileVersionArn": key.profile_version_arn, "digest": digest}))
    return buffer.getvalue()


def _digest(archive: zipfile.ZipFile) -> str:
    files = {name: hashlib.sha384(archive.read(name)).hexdigest() for name in archive.namelist() if name != SIGNATURE}
    return hashlib.sha384(json.dumps(files, sort_keys=True).encode()).hexdigest()
