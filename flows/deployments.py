"""Registers the deployments of `prefect.yaml` on a server: the same that `prefect deploy --all` would make."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.utilities.callables import parameter_schema
from ruamel.yaml import YAML

from flows.prepare_pool import POOL, create_pool
from flows.rest import PrefectApi

FILE = Path(__file__).resolve().parents[1] / "prefect.yaml"


def read_deployments(path: Path = FILE) -> list[dict[str, Any]]:
    """The deployments as `prefect.yaml` lists them."""
    listed: list[dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["deployments"]
    return listed


def load_flow(entrypoint: str) -> Flow[Any, Any]:
    """The flow a dotted entrypoint names."""
    module, _, name = entrypoint.rpartition(".")
    loaded: Flow[Any, Any] = getattr(importlib.import_module(module), name)
    return loaded


def register_deployments(api: PrefectApi, path: Path = FILE) -> dict[str, str]:
    """Create or renew every deployment; returns name → id. Raises: httpx.HTTPError."""
    create_pool(api)
    ids = {}
    for listed in read_deployments(path):
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
            "pull_steps": [{"prefect.deployments.steps.set_working_directory": {"directory": str(path.parent)}}],
        }
        if limit:
            body |= {
                "concurrency_limit": limit["limit"],
                "concurrency_options": {"collision_strategy": limit["collision_strategy"]},
            }
        ids[listed["name"]] = api.post("/deployments/", body)["id"]
    return ids
