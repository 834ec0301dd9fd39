package org.reassign.it;

import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.admin.AdminServer.AdminServerException;
import org.apache.zookeeper.server.quorum.QuorumPeer;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig.ConfigException;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** One server of an {@link Ensemble}; it keeps its data while it is stopped. */
final class EnsembleNode {
    private static final int STOPS_MILLIS = 20_000;

    private final Properties settings;
    private Server server = new Server();
    private Thread thread = new Thread();

    EnsembleNode(Properties settings) {
        this.settings = settings;
    }

    private static final class Server extends QuorumPeerMain {
        Optional<QuorumPeer> peer() {
            return Optional.ofNullable(quorumPeer);
        }

        void run(QuorumPeerConfig config) {
            try {
                runFromConfig(config);
            } catch (IOException | AdminServerException e) {
                throw new IllegalStateException("a server of the ensemble has failed", e);
            }
        }
    }

    synchronized void start() {
        QuorumPeerConfig config = new QuorumPeerConfig();
        try {
            config.parseProperties(settings);
        } catch (IOException | ConfigException e) {
            throw new IllegalStateException("the server's settings are wrong", e);
        }
        Server starting = new Server();
        server = starting;
        thread = new Thread(() -> starting.run(config), "ensemble " + settings.getProperty("clientPort"));
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void stop() {
        server.close();
        try {
            thread.join(STOPS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized boolean leads() {
        return serves()
                && server.peer()
                        .filter(peer -> peer.getPeerState() == QuorumPeer.ServerState.LEADING)
                        .isPresent();
    }

    /** Whether it leads or follows, and answers clients. */
    synchronized boolean serves() {
        return server.peer()
                .map(QuorumPeer::getActiveServer)
                .filter(ZooKeeperServer::isRunning)
                .isPresent();
    }
}
