"""Creates the work pool that all deployments stand in. Stands first in `prefect.yaml`.

`prefect deploy` refuses a deployment whose pool does not exist, before any build step could create it; but it loads the
flow first. So this flow is looked up through `__getattr__`, and being looked up creates the pool.
"""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL

from flows.api import Api
from flows.rest import PrefectApi

POOL = "siaga"


def create_pool(api: Api) -> None:
    """Make sure that the pool is there. Stock workers may join it: it is of the type `process`."""
    api.post_if_new("/work_pools/", {"name": POOL, "type": "process", "description": "Meja Siaga"})


@flow(name="Siapkan kolam kerja")
def _prepare_pool() -> None:
    url = PREFECT_API_URL.value()
    if url:
        create_pool(PrefectApi(url, PREFECT_API_AUTH_STRING.value() or ""))  # perhaps from a profile of Prefect's


def __getattr__(name: str) -> Any:
    if name == "prepare_pool":
        _prepare_pool.fn()
        return _prepare_pool
    raise AttributeError(name)
