package org.reassign.zk;

import java.io.IOException;
import java.util.Map;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.reassign.api.zk.ZkReader;

/**
 * Makes the handle of a port. Curator asks for a new one when a session has expired; once a port stands it is given the
 * old one again, so that no session comes into being that the port's owner does not know of.
 */
final class SingleSession implements ZookeeperFactory {
    private final Map<String, String> properties;
    private ZooKeeper latest;
    private boolean kept;

    /** Handles with these properties of ZooKeeper's client, beside those of the JVM. */
    SingleSession(Map<String, String> properties) {
        this.properties = properties;
    }

    @Override
    public ZooKeeper newZooKeeper(String address, int timeoutMillis, Watcher watcher, boolean readOnly)
            throws IOException {
        return newZooKeeper(address, timeoutMillis, watcher, readOnly, new ZKClientConfig());
    }

    @Override
    public synchronized ZooKeeper newZooKeeper(
            String address, int timeoutMillis, Watcher watcher, boolean readOnly, ZKClientConfig settings)
            throws IOException {
        if (!kept) {
            ZKClientConfig own = settings == null ? new ZKClientConfig() : settings; // Curator gives none by default
            own.setProperty(ZKClientConfig.JUTE_MAXBUFFER, Integer.toString(ZkReader.MAX_REPLY_BYTES));
            properties.forEach(own::setProperty);
            latest = new ZooKeeper(address, timeoutMillis, watcher, readOnly, own);
        }
        return latest;
    }

    /** The handle that is connected; from now on there is no other. */
    synchronized ZooKeeper keep() {
        kept = true;
        return latest;
    }
}
