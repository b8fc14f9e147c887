"""Deploy, in a process of its own: everything after a start, or only the calendar when plans or dates changed."""

import sys

from flows.deployments import deploy_all, deploy_calendar
from tasks.adapters import clock
from tasks.adapters.home import open_home

if __name__ == "__main__":
    act = deploy_calendar if "--calendar" in sys.argv else deploy_all
    act(open_home(), clock.now().date())
