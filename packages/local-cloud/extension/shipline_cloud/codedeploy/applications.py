"""Applications: names for a set of deployment groups. Only the compute platform Lambda exists here."""

from __future__ import annotations

from ministack.core.responses import new_uuid

from . import records, tags
from .errors import CodeDeployError
from .records import Record, now
from .requests import Request, batch_in, checked_name, name_in, page_of, platform_in


def create_application(request: Request) -> Record:
    name = name_in(request, "applicationName", "Application")
    platform = platform_in(request)
    if name in records.applications:
        raise CodeDeployError("ApplicationAlreadyExists", f"Application already exists: {name}")
    application = {
        "applicationId": new_uuid(), "applicationName": name, "createTime": now(),
        "linkedToGitHub": False, "computePlatform": platform,
    }
    tags.tag_new(tags.application_arn(name), request.get("tags"))
    records.applications[name] = application
    return {"applicationId": application["applicationId"]}


def get_application(request: Request) -> Record:
    return {"application": existing(name_in(request, "applicationName", "Application"))}


def batch_get_applications(request: Request) -> Record:
    names = batch_in(request, "applicationNames", required="ApplicationNameRequired")
    return {"applicationsInfo": [existing(checked_name(name, "Application")) for name in names]}


def list_applications(request: Request) -> Record:
    return page_of(sorted(records.applications), request, "applications")


def update_application(request: Request) -> Record:
    name = name_in(request, "applicationName", "Application")
    application = existing(name)
    if not request.get("newApplicationName"):
        return {}
    new = checked_name(request["newApplicationName"], "Application")
    if new in records.applications:
        raise CodeDeployError("ApplicationAlreadyExists", f"Application already exists: {new}")
    records.applications[new] = {**application, "applicationName": new}
    del records.applications[name]
    tags.move(tags.application_arn(name), tags.application_arn(new))
    for group in groups_of(name):
        moved = {**group, "applicationName": new}
        _drop_group(name, group["deploymentGroupName"], heir=moved)
    for deployment in records.deployments.values():
        if deployment.info["applicationName"] == name:
            with deployment.changing():
                deployment.info["applicationName"] = new
    return {}


def delete_application(request: Request) -> Record:
    """Deleting what does not exist succeeds, as the API documents no error for it."""
    name = name_in(request, "applicationName", "Application")
    for group in groups_of(name):
        _drop_group(name, group["deploymentGroupName"])
    records.applications.pop(name, None)
    tags.forget(tags.application_arn(name))
    return {}


def existing(name: str) -> Record:
    """The application of that name."""
    application: Record | None = records.applications.get(name)
    if application is None:
        raise CodeDeployError("ApplicationDoesNotExist", f"No application found for name: {name}")
    return application


def groups_of(application: str) -> list[Record]:
    """The deployment groups of an application."""
    return [group for group in records.groups.values() if group["applicationName"] == application]


def _drop_group(application: str, group: str, *, heir: Record | None = None) -> None:
    del records.groups[records.group_key(application, group)]
    if heir is None:
        tags.forget(tags.group_arn(application, group))
        return
    records.groups[records.group_key(heir["applicationName"], group)] = heir
    tags.move(tags.group_arn(application, group), tags.group_arn(heir["applicationName"], group))
