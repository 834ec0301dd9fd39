package org.reassign.plugin.isrwatchers;

import java.util.function.Consumer;
import org.pf4j.Extension;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.PluginName;
import org.reassign.api.zk.ZkReader;

/**
 * One persistent recursive watch on {@code /brokers/topics}, then a read of each {@code state} in flight that an event
 * names. At once and one watch however many partitions, at the price of an event for every change of every partition,
 * in flight or not; those of others are told apart here. Needs ZooKeeper 3.6, which the thread did not have yet.
 */
@Extension
@PluginName(value = "recursive", description = "One recursive watch on /brokers/topics; at once, needs ZooKeeper 3.6")
public final class Recursive implements IsrWatcher {
    @Override
    public IsrWatch open(ZkReader zk, Consumer<IsrReport> reports) {
        RecursiveIsrWatch watch = new RecursiveIsrWatch(zk, reports);
        watch.arm();
        return watch;
    }

    @Override
    public boolean readsNotifications() {
        return false;
    }

    @Override
    public boolean watchesRecursively() {
        return true;
    }
}
