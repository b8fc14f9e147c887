"""Portal and scheduler on one machine: Prefect's server, its deployments, one worker and the web page."""

from dondoc.serve.supervisor import serve

__all__ = ["serve"]
