"""Deploys a market: `deploy` takes an account and parameters, and returns the contracts.

python -m scripts.deploy --help
"""

from scripts.deploy.deployment import Deployment
from scripts.deploy.market import attach, deploy
from scripts.deploy.record import DeployError, Record, StartBlock

__all__ = ["DeployError", "Deployment", "Record", "StartBlock", "attach", "deploy"]
