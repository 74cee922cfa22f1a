"""The application: pages, problems, bounds."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi

from backend.api import built, errors, origins, pages
from backend.api.context import ROOT, Context, Streams, only_known_parameters
from backend.api.etags import ETags
from backend.api.guard import Guard
from backend.api.limits import Limits
from backend.api.notifying import courier_of
from backend.api.openapi import SUMMARY, complete
from backend.api.routes import (
    accounts,
    analytics,
    content,
    disputes,
    drafts,
    governance,
    impact,
    jurors,
    local,
    members,
    message_keys,
    messages,
    moderation,
    offer_book,
    offers,
    power,
    reports,
    reviews,
    rules,
    splits,
    status,
    stream,
    templates,
    trades,
)
from backend.db import DatabaseError, DatabaseUnusable, migrate, open_engine
from backend.settings import Settings

VERSION = "1.0.0"
ROUTERS = (
    trades,
    reports,
    splits,
    disputes,
    jurors,
    moderation,
    offer_book,
    offers,
    messages,
    message_keys,
    content,
    templates,
    drafts,
    governance,
    impact,
    analytics,
    members,
    power,
    reviews,
    rules,
    accounts,
    status,
    stream,
    local,
)

_log = logging.getLogger("commonhold.api")


def create_app(settings: Settings, limits: Limits | None = None) -> FastAPI:
    """The service over this database and node. Raises SettingsError, DatabaseUnusable.

    Starts without a node and without anything indexed: it says so when asked.
    """
    limits = limits or Limits()
    deployment = settings.read_deployment()
    engine = open_engine(settings.database, limits.busy_seconds)
    _make_tables(engine)
    app = new_app()
    courier = courier_of(settings, limits.notice_pauses)
    app.state.context = Context(settings, deployment, engine, limits, Streams(), courier)
    errors.install(app)
    app.include_router(status.router, include_in_schema=False)
    app.include_router(pages.router)
    app.include_router(built.router_of(built.FOLDER, local.nodes_of(app.state.context)))
    app.add_middleware(ETags)
    app.add_middleware(Guard, limits=limits)
    origins.allow(app, settings.allowed_origins)
    return app


def new_app() -> FastAPI:
    """The pages of the API and the document that describes them, over nothing yet."""
    app = FastAPI(
        title="Commonhold",
        version=VERSION,
        description=SUMMARY,
        openapi_url=f"{ROOT}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    known = [Depends(only_known_parameters)]
    for part in ROUTERS:
        app.include_router(part.router, prefix=ROOT, dependencies=known)
    _describe(app)
    return app


def _make_tables(engine: Any) -> None:
    """So that offers can be posted before the indexer's first run; it makes them too."""
    try:
        migrate(engine)
    except DatabaseUnusable:
        raise
    except DatabaseError as error:
        _log.warning("%s", error)


def _describe(app: FastAPI) -> None:
    """The OpenAPI document, with our problems in the place of FastAPI's; made now, as requests
    come in several threads."""
    document = complete(
        get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
        )
    )
    app.openapi = lambda: document  # type: ignore[method-assign]
