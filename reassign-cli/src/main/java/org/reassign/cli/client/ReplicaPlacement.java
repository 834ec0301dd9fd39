package org.reassign.cli.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;

/**
 * Where Kafka places the replicas of a topic's partitions, as its AdminUtils does (version 3.9): leaders go round the brokers,
 * and the other replicas of a partition follow at a distance that grows by one with each round. With racks, the brokers are
 * first put in an order in which the racks alternate, and a broker is passed over while some rack has no replica and its own
 * has one.
 */
final class ReplicaPlacement {
    private final List<Integer> brokers;
    private final Map<Integer, String> racks;
    private final int rackCount;

    private ReplicaPlacement(List<Integer> brokers, Map<Integer, String> racks) {
        this.brokers = brokers;
        this.racks = racks;
        this.rackCount = new HashSet<>(racks.values()).size();
    }

    /** On these brokers, whatever their racks, in this order. */
    static ReplicaPlacement on(List<Integer> brokers) {
        return new ReplicaPlacement(List.copyOf(brokers), Map.of());
    }

    /** On the brokers of these racks: broker to rack. */
    static ReplicaPlacement across(SortedMap<Integer, String> racks) {
        return new ReplicaPlacement(alternating(racks), Map.copyOf(racks));
    }

    /** The first broker of each rack, the second of each, and so on; racks by name, brokers by id. */
    static List<Integer> alternating(SortedMap<Integer, String> racks) {
        SortedMap<String, List<Integer>> byRack = new TreeMap<>();
        racks.forEach((broker, rack) ->
                byRack.computeIfAbsent(rack, name -> new ArrayList<>()).add(broker));
        List<Integer> alternating = new ArrayList<>();
        for (int place = 0; alternating.size() < racks.size(); place++) {
            for (List<Integer> brokers : byRack.values()) {
                if (place < brokers.size()) {
                    alternating.add(brokers.get(place));
                }
            }
        }
        return alternating;
    }

    /**
     * The replicas of so many partitions, in their order.
     *
     * @param factor replicas of each, at most as many as there are brokers
     * @param start where the first leader is
     * @param shift the distance of followers in the first round; both are random in Kafka
     */
    List<Replicas> place(int partitions, int factor, int start, int shift) {
        List<Replicas> placed = new ArrayList<>();
        for (int number = 0; number < partitions; number++) {
            int round = number / brokers.size();
            placed.add(place((number + start) % brokers.size(), factor, shift + round));
        }
        return placed;
    }

    private Replicas place(int leader, int factor, int shift) {
        Set<Integer> chosen = new LinkedHashSet<>();
        Set<String> served = new HashSet<>();
        choose(leader, chosen, served);
        int distance = racks.isEmpty() ? shift : shift * rackCount;
        for (int step = 0; chosen.size() < factor; step++) {
            int place = (leader + 1 + (distance + step) % (brokers.size() - 1)) % brokers.size();
            if (isFree(place, chosen, served)) {
                choose(place, chosen, served);
            }
        }
        return Replicas.copyOf(chosen);
    }

    private boolean isFree(int place, Set<Integer> chosen, Set<String> served) {
        int broker = brokers.get(place);
        boolean rackFree = racks.isEmpty() || served.size() == rackCount || !served.contains(racks.get(broker));
        return rackFree && !chosen.contains(broker);
    }

    private void choose(int place, Set<Integer> chosen, Set<String> served) {
        int broker = brokers.get(place);
        chosen.add(broker);
        if (!racks.isEmpty()) {
            served.add(racks.get(broker));
        }
    }

    /** The same for the partitions of a topic, whose numbers may have gaps. */
    SortedMap<Integer, Replicas> place(SortedMap<Integer, Replicas> assigned, int start, int shift) {
        int factor = assigned.get(assigned.firstKey()).size();
        List<Replicas> placed = place(assigned.size(), factor, start, shift);
        Map<Integer, Replicas> proposed = new LinkedHashMap<>();
        assigned.keySet().forEach(number -> proposed.put(number, placed.get(proposed.size())));
        return new TreeMap<>(proposed);
    }
}
