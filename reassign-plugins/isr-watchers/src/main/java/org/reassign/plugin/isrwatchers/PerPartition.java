package org.reassign.plugin.isrwatchers;

import java.util.function.Consumer;
import org.pf4j.Extension;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.PluginName;
import org.reassign.api.zk.ZkReader;

/**
 * One data watch on the {@code state} znode of each partition in flight, armed anew by the read that follows each event:
 * what Kafka did until 1.0. At once, at the price of a watch per partition and a read per partition and change.
 */
@Extension
@PluginName(value = "per-partition", description = "One watch per partition in flight; at once")
public final class PerPartition implements IsrWatcher {
    @Override
    public IsrWatch open(ZkReader zk, Consumer<IsrReport> reports) {
        return new PerPartitionWatch(zk, reports);
    }

    @Override
    public boolean readsNotifications() {
        return false;
    }
}
