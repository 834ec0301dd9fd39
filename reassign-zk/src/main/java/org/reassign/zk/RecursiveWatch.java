package org.reassign.zk;

import java.util.function.Consumer;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.reassign.api.zk.ZkEvent;

/**
 * A persistent recursive watch. Equal for the same owner and port. ZooKeeper before 3.9 tells these of changed children,
 * too, where an ordinary child watch lies at the same path; the port does not.
 */
record RecursiveWatch(CuratorPort port, Consumer<ZkEvent> watch) implements Watcher {
    @Override
    public void process(WatchedEvent event) {
        ZkEvent.Type type = OneShotWatches.type(event);
        if (type != null && type != ZkEvent.Type.CHILDREN && !port.hasEnded()) {
            watch.accept(new ZkEvent(type, event.getPath()));
        }
    }
}
