package org.reassign.plugin.simulatedbrokers;

import java.time.Duration;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.testkit.GatewayFixture;

/** A ZooKeeper in memory and time that passes only when the test says so. */
final class VirtualCluster implements GatewayFixture {
    private final TestTime time = new TestTime();
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);

    @Override
    public ZkSessions sessions() {
        return zooKeeper;
    }

    @Override
    public Timers timers() {
        return time;
    }

    @Override
    public void pass(Duration passing) {
        time.pass(passing);
    }
}
