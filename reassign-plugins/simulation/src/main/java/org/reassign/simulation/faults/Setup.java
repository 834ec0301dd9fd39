package org.reassign.simulation.faults;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.store.WriteMode;

/**
 * What a run begins with.
 *
 * @param layout name of the storage layout, and so on
 * @param channels open request channels
 * @param coalesce whether of requests that wait only the last is executed
 * @param limits how much may be in flight
 * @param controllers controllers that run; one leads
 * @param brokers brokers, with the ids from 0 on
 * @param bytesPerSecond what a broker can send, and receive
 * @param lingerMillis how late a leader notifies of ISR changes
 * @param watchMillis how late watches are called at most
 * @param topics topics by name
 * @param laterLayouts the layouts of controllers that start after the first ones, in turn; none where all have the same
 * @param office whether controllers look after the whole cluster
 */
public record Setup(
        String layout,
        String watcher,
        String dropPolicy,
        String conflictPolicy,
        List<String> channels,
        WriteMode mode,
        boolean coalesce,
        InFlightLimits limits,
        int controllers,
        int brokers,
        int bytesPerSecond,
        int lingerMillis,
        int watchMillis,
        SortedMap<String, Topic> topics,
        List<String> laterLayouts,
        Office office) {
    /** All controllers keep their records in the same layout. */
    Setup(
            String layout,
            String watcher,
            String dropPolicy,
            String conflictPolicy,
            List<String> channels,
            WriteMode mode,
            boolean coalesce,
            InFlightLimits limits,
            int controllers,
            int brokers,
            int bytesPerSecond,
            int lingerMillis,
            int watchMillis,
            SortedMap<String, Topic> topics) {
        this(
                layout,
                watcher,
                dropPolicy,
                conflictPolicy,
                channels,
                mode,
                coalesce,
                limits,
                controllers,
                brokers,
                bytesPerSecond,
                lingerMillis,
                watchMillis,
                topics,
                List.of(),
                Office.CONTEND);
    }

    /** The same with other topics, and with controllers that keep their records elsewhere later. */
    Setup with(SortedMap<String, Topic> others, List<String> layouts) {
        return new Setup(
                layout,
                watcher,
                dropPolicy,
                conflictPolicy,
                channels,
                mode,
                coalesce,
                limits,
                controllers,
                brokers,
                bytesPerSecond,
                lingerMillis,
                watchMillis,
                others,
                layouts,
                office);
    }

    /** The same with controllers that win the office in this way. */
    Setup with(Office other) {
        return new Setup(
                layout,
                watcher,
                dropPolicy,
                conflictPolicy,
                channels,
                mode,
                coalesce,
                limits,
                controllers,
                brokers,
                bytesPerSecond,
                lingerMillis,
                watchMillis,
                topics,
                laterLayouts,
                other);
    }

    /** The layout of the controller process that starts as this one, counted from 0. */
    String layoutOf(int start) {
        return start < controllers || laterLayouts.isEmpty()
                ? layout
                : laterLayouts.get((start - controllers) % laterLayouts.size());
    }

    /**
     * A topic.
     *
     * @param assigned partition to replicas
     * @param bytes of each partition
     * @param minInSync its min.insync.replicas
     */
    public record Topic(SortedMap<Integer, Replicas> assigned, int bytes, int minInSync) {}

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(String.join(
                ", ",
                layout,
                watcher,
                dropPolicy,
                conflictPolicy,
                String.join("+", channels),
                mode.name().toLowerCase(Locale.ROOT)));
        text.append(coalesce ? "" : ", each request in turn");
        text.append(office == Office.CONTEND ? "" : ", whole cluster");
        if (!limits.equals(InFlightLimits.NONE)) {
            text.append(", at most ")
                    .append(limits.inFlight())
                    .append(" in flight, ")
                    .append(limits.inFlightPerBroker())
                    .append(" per broker");
        }
        text.append("\n")
                .append(controllers)
                .append(" controllers, ")
                .append(brokers)
                .append(" brokers at ")
                .append(bytesPerSecond)
                .append(" bytes per second, notifications ")
                .append(lingerMillis)
                .append(" ms late, watches up to ")
                .append(watchMillis)
                .append(" ms late");
        if (!laterLayouts.isEmpty()) {
            text.append("\ncontrollers that start later keep their records in ").append(laterLayouts);
        }
        topics.forEach((name, topic) -> text.append("\ntopic ")
                .append(name)
                .append(" ")
                .append(topic.assigned())
                .append(", ")
                .append(topic.bytes())
                .append(" bytes each, min.insync.replicas ")
                .append(topic.minInSync()));
        return text.toString();
    }
}
