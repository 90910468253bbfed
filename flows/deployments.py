"""Registers the deployments of `prefect.yaml` on a server: the same that `prefect deploy --all` would make."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.utilities.callables import parameter_schema
from ruamel.yaml import YAML

from flows.api import Api
from flows.prepare_pool import POOL, create_pool

FILE = Path(__file__).resolve().parents[1] / "prefect.yaml"
HERE = "prefect.deployments.steps.set_working_directory"
"""The one step by which our deployments find their code; a desk has its own already, and takes no step at all."""


def read_deployments() -> list[dict[str, Any]]:
    """The deployments as `prefect.yaml` lists them."""
    listed: list[dict[str, Any]] = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))["deployments"]
    return listed


def foreign(deployment: Mapping[str, Any], run: Mapping[str, Any]) -> str:
    """Why a desk must not execute a run of a deployment (both as the API gives them), "" if it may.

    Whoever can write to the server can name any module, folder, step or variable there. We run our own list, as it is.
    """
    entrypoint = str(deployment.get("entrypoint") or "")
    if entrypoint not in {listed["entrypoint"] for listed in read_deployments()}:
        return f"entrypoint {entrypoint or '(kosong)'} tidak ada dalam prefect.yaml Siaga"
    if deployment.get("path") not in (None, "", "."):
        return f"path {deployment['path']} bukan kode Siaga"
    if any(set(step) != {HERE} for step in deployment.get("pull_steps") or ()):
        return "pull_steps memuat langkah yang bukan milik Siaga"
    if deployment.get("storage_document_id"):
        return "kodenya diambil dari storage, bukan dari Siaga"
    if deployment.get("job_variables") or run.get("job_variables"):
        return "job_variables harus kosong"
    return ""


def load_flow(entrypoint: str) -> Flow[Any, Any]:
    """The flow of an entrypoint of our own list. Raises: ValueError for any other; nothing is imported then."""
    if entrypoint not in {listed["entrypoint"] for listed in read_deployments()}:
        raise ValueError(entrypoint)
    module, _, name = entrypoint.rpartition(".")
    loaded: Flow[Any, Any] = getattr(importlib.import_module(module), name)
    return loaded


def register_deployments(api: Api) -> dict[str, str]:
    """Create or renew every deployment; returns name → id. Raises: httpx.HTTPError."""
    create_pool(api)
    ids = {}
    for listed in read_deployments():
        if listed["entrypoint"].startswith("flows.prepare_pool."):
            continue
        flow = load_flow(listed["entrypoint"])
        flow_id = api.post("/flows/", {"name": flow.name})["id"]
        limit = listed.get("concurrency_limit") or {}
        body = {
            "flow_id": flow_id,
            "name": listed["name"],
            "work_pool_name": POOL,
            "entrypoint": listed["entrypoint"],
            "description": listed.get("description", ""),
            "tags": listed.get("tags", []),
            "schedules": [],
            "enforce_parameter_schema": listed.get("enforce_parameter_schema", True),
            "parameter_openapi_schema": parameter_schema(flow.fn).model_dump(),
            "pull_steps": [{HERE: {"directory": str(FILE.parent)}}],
        }
        if limit:
            body |= {
                "concurrency_limit": limit["limit"],
                "concurrency_options": {"collision_strategy": limit["collision_strategy"]},
            }
        ids[listed["name"]] = api.post("/deployments/", body)["id"]
    return ids
