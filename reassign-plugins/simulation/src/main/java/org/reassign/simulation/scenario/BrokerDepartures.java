package org.reassign.simulation.scenario;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.reassign.api.zk.ZkPort;

/** When brokers were seen to go, for messages: ZooKeeper does not keep it. */
final class BrokerDepartures {
    private static final String BROKERS = "/brokers/ids";

    private final ZkPort zk;
    private final LongSupplier nowMillis;
    private final Set<Integer> live = new HashSet<>();
    private final Map<Integer, Long> gone = new TreeMap<>();

    /** Nothing is seen yet. */
    BrokerDepartures(ZkPort zk, LongSupplier nowMillis) {
        this.zk = zk;
        this.nowMillis = nowMillis;
    }

    /** Looks now and after each change; until the session ends, or a look fails. */
    void watch() {
        zk.getChildren(BROKERS, event -> watch()).thenAccept(names -> saw(names.orElse(List.of())));
    }

    private synchronized void saw(List<String> names) {
        Set<Integer> now = new HashSet<>();
        names.stream().filter(name -> name.matches("[0-9]{1,9}")).forEach(name -> now.add(Integer.parseInt(name)));
        live.stream()
                .filter(broker -> !now.contains(broker))
                .forEach(broker -> gone.put(broker, nowMillis.getAsLong()));
        live.clear();
        live.addAll(now);
    }

    /** Since when a broker is gone, in epoch milliseconds; empty where it was not seen to go. */
    synchronized Optional<Long> since(int broker) {
        return Optional.ofNullable(gone.get(broker));
    }
}
