package org.reassign.cli.controller;

import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;

/** Knows whether the newest session of one actor is connected. From any thread. */
final class SessionWatch implements ZkSessions {
    private final ZkSessions sessions;
    private final String actor;
    private ZkPort newest;
    private boolean connected;

    /** Opens sessions with these; none is open yet. */
    SessionWatch(ZkSessions sessions, String actor) {
        this.sessions = sessions;
        this.actor = actor;
    }

    @Override
    public ZkPort open(String opener) {
        ZkPort port = sessions.open(opener);
        if (opener.equals(actor)) {
            opened(port);
            port.onSession(event -> changed(port, event));
        }
        return port;
    }

    private synchronized void opened(ZkPort port) {
        newest = port;
        connected = true;
    }

    private synchronized void changed(ZkPort port, ZkPort.SessionEvent event) {
        if (port == newest) {
            connected = event == ZkPort.SessionEvent.RECONNECTED;
        }
    }

    /** Whether it is. */
    synchronized boolean isConnected() {
        return connected;
    }
}
