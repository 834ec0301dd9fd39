package org.reassign.plugin.isrwatchers;

import java.util.function.Consumer;
import org.pf4j.Extension;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.PluginName;
import org.reassign.api.zk.ZkReader;

/**
 * One child watch on {@code /isr_change_notification}, then reads of the states that the notifications name and that are
 * in flight: Jun Rao's point 14. One watch however many partitions, but brokers gather changes before they notify, so
 * news is 1 to 7.5 s late (Kafka's own timing).
 */
@Extension
@PluginName(
        value = "batched",
        description = "One watch on /isr_change_notification; up to 7.5 s late with real brokers")
public final class Batched implements IsrWatcher {
    @Override
    public IsrWatch open(ZkReader zk, Consumer<IsrReport> reports) {
        BatchedWatch watch = new BatchedWatch(zk, reports);
        watch.list();
        return watch;
    }

    @Override
    public boolean readsNotifications() {
        return true;
    }
}
