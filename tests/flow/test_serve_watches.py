"""`dondoc serve` notices missed sweeps itself, in a process of its own."""

import email
import email.policy

from dondoc.serve.environment import free_port
from dondoc.serve.supervisor import Supervisor
from tasks.adapters.clock import read_moment
from tasks.adapters.home import open_home
from tasks.adapters.settings import Settings
from tasks.steps.opening import note_swept


def test_a_missed_sweep_is_mailed_by_the_supervisor_when_its_time_to_look_has_come(tmp_path):
    settings = Settings(_env_file=None, home=tmp_path / "home", admin_mail="quan-tri@mau.example")
    home = open_home(settings, empty=True)
    note_swept(home, read_moment("2019-10-16"))
    supervisor = Supervisor(home, free_port(), "127.0.0.1", free_port())
    supervisor._watch_sweeps()
    assert supervisor.watcher.child is None  # not yet
    supervisor._look_at_sweeps = 0
    supervisor._watch_sweeps()
    assert supervisor.watcher.child.wait(60) == 1
    (file,) = (home.maildir / "new").iterdir()
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert mail["To"] == "quan-tri@mau.example"
    assert "no sweep since 2019-10-16" in supervisor.watcher.log.read_text()
    home.ledger.close()
