"""The Web API: one function a method, in the shapes of Slack's answers and with its error codes."""

from connectors.sandbox.workspace.webapi.dispatch import web_api_routes

__all__ = ["web_api_routes"]
