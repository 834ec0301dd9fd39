package org.reassign.plugin.isrwatchers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher.IsrReport;

/** All that was reported, one line per state: partition and version, or that there is none. For one thread. */
final class Reports implements Consumer<IsrReport> {
    private final List<String> states = new ArrayList<>();
    private final List<String> notifications = new ArrayList<>();

    @Override
    public void accept(IsrReport report) {
        report.states()
                .forEach((partition, node) -> states.add(
                        line(partition, node.map(n -> "" + n.stat().version()).orElse("none"))));
        notifications.addAll(report.notifications());
    }

    private static String line(TopicPartition partition, String version) {
        return partition.topic() + "-" + partition.partition() + " " + version;
    }

    /** The states since they were last asked for. */
    List<String> states() {
        List<String> taken = List.copyOf(states);
        states.clear();
        return taken;
    }

    /** The notifications since they were last asked for. */
    List<String> notifications() {
        List<String> taken = List.copyOf(notifications);
        notifications.clear();
        return taken;
    }
}
