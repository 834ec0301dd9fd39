package org.reassign.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.client.ControllerStatus.Leader;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.cli.doctor.Finding.Kind;
import org.reassign.core.plugin.PluginKind;
import org.reassign.core.store.TopicRead;

/** Records in another layout than the one that is published. */
final class LayoutCheck {
    private static final String ACTIVE = "/reassign/active";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LayoutCheck() {}

    static List<Finding> findings(Examination cluster) {
        Set<Integer> found = new TreeSet<>();
        Set<String> partitions = new TreeSet<>();
        cluster.topics().values().forEach(read -> add(read, cluster, found, partitions));
        Optional<ZkNode> active =
                cluster.node(ACTIVE).filter(node -> !node.text().isEmpty());
        if (cluster.leads(Leader.REASSIGN) && !cluster.controller().movesFrom().isEmpty()) {
            return List.of(); // it is moving them
        }
        if (active.isEmpty() || found.stream().allMatch(layout -> layout == 0)) {
            return List.of();
        }
        boolean all = found.size() == 1;
        boolean free = !cluster.leads(Leader.REASSIGN);
        String other = name(
                cluster, found.stream().filter(layout -> layout > 0).findFirst().orElseThrow());
        String sentence = "it says layout '" + cluster.controller().layout().orElse("") + "', and the records of "
                + String.join(", ", partitions) + " are in '" + other + "'";
        Optional<ObjectNode> content = all && free ? parsed(active.get()) : Optional.empty();
        return List.of(new Finding(
                Kind.CONTRADICTING_LAYOUT,
                ACTIVE,
                active.get().text(),
                active.get().stat().mtimeMillis(),
                sentence,
                content.isPresent()
                        ? "publishes '" + other
                                + "', in which all records are; the next controller moves them to its own"
                        : "the next controller that takes the office moves them; restart the one that leads, or start one",
                content.<Finding.Repair>map(json -> new Finding.Repair.Write(List.of(ZkWrite.setData(
                                ACTIVE,
                                json.put("layout", other).toString(),
                                active.get().stat().version()))))
                        .orElseGet(Finding.Repair.ByController::new)));
    }

    private static void add(TopicRead read, Examination cluster, Set<Integer> found, Set<String> partitions) {
        for (int layout = 0; layout < cluster.layouts().size(); layout++) {
            int of = layout;
            read.records(layout).values().stream()
                    .filter(record -> record.zxid() != 0) // Kafka's own reassignments
                    .forEach(record -> {
                        found.add(of);
                        if (of > 0) {
                            partitions.add(record.partition().toString());
                        }
                    });
        }
    }

    private static String name(Examination cluster, int layout) {
        var wanted = cluster.layouts().get(layout).getClass().getName();
        return cluster.open().host().names(PluginKind.STORAGE_LAYOUT).stream()
                .filter(name -> cluster.open()
                        .host()
                        .choose(PluginKind.STORAGE_LAYOUT, name, Map.of())
                        .plugin()
                        .getClass()
                        .getName()
                        .equals(wanted))
                .findFirst()
                .orElse(wanted);
    }

    private static Optional<ObjectNode> parsed(ZkNode node) {
        try {
            return MAPPER.readTree(node.text()) instanceof ObjectNode json ? Optional.of(json) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
