"""[io] SQLAlchemy's asynchronous engine without its ORM, of which nothing is used here.

``sqlalchemy.ext.asyncio`` imports its sessions too, and with them the ORM: 40 ms and 8 MB of every process.
The engine is a module of that package which needs neither. So it is imported from the package as it is found,
before that is run; the package itself is forgotten again, and whole for whoever imports it later.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING

_PACKAGE = "sqlalchemy.ext.asyncio"


def _import_engine() -> ModuleType:
    spec = None if _PACKAGE in sys.modules else find_spec(_PACKAGE)
    if spec is None:
        return import_module(f"{_PACKAGE}.engine")
    sys.modules[_PACKAGE] = module_from_spec(spec)
    try:
        return import_module(f"{_PACKAGE}.engine")
    finally:
        del sys.modules[_PACKAGE]


if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection as AsyncConnection
    from sqlalchemy.ext.asyncio import AsyncEngine as AsyncEngine
    from sqlalchemy.ext.asyncio import create_async_engine as create_async_engine
else:
    _engine = _import_engine()
    AsyncConnection = _engine.AsyncConnection
    AsyncEngine = _engine.AsyncEngine
    create_async_engine = _engine.create_async_engine
