package org.reassign.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;

/** The brokers as each controller has read them in its term. */
public final class BrokersAsRead {
    private final Map<String, Set<Integer>> live = new HashMap<>();
    /** Controller to the registrations, by broker, that it read last. */
    private final Map<String, Map<Integer, Long>> registrations = new HashMap<>();

    /** The replicas in failed log directories, as their brokers have answered who leads, with the broker epoch of then. */
    private final Map<TopicPartition, Map<Integer, Long>> failed = new HashMap<>();

    /** Whether a controller is elected by these writes. */
    public static boolean elects(List<ZkWrite> writes) {
        return writes.stream()
                .anyMatch(
                        write -> write instanceof ZkWrite.Create && write.path().equals("/controller"));
    }

    /** A term begins with an election; and a controller that only looks whether it still leads has lost its connection. */
    public static boolean beginsTerm(List<ZkWrite> writes) {
        return elects(writes) || writes.size() == 1 && writes.get(0) instanceof ZkWrite.Check;
    }

    /** A term of this controller has begun with these writes: it has read no broker, and who is elected knows of no failed directory. */
    void begins(String actor, List<ZkWrite> writes) {
        registrations.remove(actor);
        if (elects(writes)) {
            failed.clear();
        }
    }

    /** A controller has listed the brokers. */
    Set<Integer> listed(String actor, List<String> names) {
        Set<Integer> listed = new TreeSet<>();
        names.forEach(name -> listed.add(Integer.parseInt(name)));
        live.put(actor, new TreeSet<>(listed));
        of(actor).keySet().retainAll(listed);
        return listed;
    }

    /** A controller has read a broker: one that has registered again counts as dead until the brokers are listed again. */
    void read(String actor, String path, Optional<ZkNode> node) {
        int broker = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        long epoch = node.map(found -> found.stat().czxid()).orElse(-1L);
        Long before = of(actor).put(broker, epoch);
        if (epoch < 0 || before != null && before != epoch) {
            of(actor).remove(broker);
            live.getOrDefault(actor, new TreeSet<>()).remove(broker);
        }
    }

    private Map<Integer, Long> of(String actor) {
        return registrations.computeIfAbsent(actor, one -> new HashMap<>());
    }

    /** A broker has answered. */
    void answered(int broker, BrokerRequest request, BrokerReply reply) {
        reply.errors().forEach((partition, error) -> {
            if (error == BrokerReply.STORAGE_ERROR) {
                failed.computeIfAbsent(partition, one -> new HashMap<>())
                        .put(broker, request.header().brokerEpoch());
            }
        });
    }

    /** The brokers that live as far as the controller knows, and have not lost their replica of the partition. */
    Set<Integer> live(String actor, TopicPartition partition) {
        Set<Integer> able = new TreeSet<>(live.getOrDefault(actor, Set.of()));
        failed.getOrDefault(partition, Map.of()).forEach((broker, epoch) -> {
            if (epoch.equals(of(actor).get(broker))) {
                able.remove(broker);
            }
        });
        return able;
    }
}
