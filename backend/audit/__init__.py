"""Every row of the database against the chain: the contracts' views, and the logs.

The views know nothing of how rows are made, so that they find a projection that is wrong. The logs
know every column and every row, so that they find what no view tells.
"""

from backend.audit.difference import Difference
from backend.audit.run import Audit, AuditError

__all__ = ["Audit", "AuditError", "Difference"]
