package org.reassign.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.reassign.api.client.ControllerStatus.Leader;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.Mechanism;
import org.reassign.api.zk.ZkNode;
import org.reassign.cli.doctor.Finding.Kind;
import org.reassign.core.store.TopicReader;

/** Requests and reassignments that no controller of ours works on. */
final class RequestCheck {
    private static final String REQUESTS = "/admin/reassignment_requests/";
    /** One that stands by beside Kafka's controller takes the office within seconds. */
    private static final long PATIENCE_MILLIS = 60_000;

    private static final String REPAIR = "waits for a controller; start one: nothing else can carry it out";

    private RequestCheck() {}

    static List<Finding> findings(Examination cluster, long nowMillis) {
        if (cluster.leads(Leader.REASSIGN)) {
            return List.of();
        }
        String why = cluster.leads(Leader.NONE)
                ? ", and no controller leads"
                : ", and Kafka's own controller leads; no controller of Reassign has taken the office for it";
        List<Finding> findings = new ArrayList<>();
        Map<String, List<WaitingTarget>> requests = new LinkedHashMap<>();
        cluster.listing().waiting().stream()
                .filter(entry -> entry.mechanism() != Mechanism.LEGACY || cluster.leads(Leader.NONE))
                .forEach(entry -> requests.computeIfAbsent(entry.request(), id -> new ArrayList<>())
                        .add(entry));
        requests.forEach((id, entries) -> {
            String path = entries.get(0).mechanism() == Mechanism.LEGACY ? LegacyCheck.PATH : REQUESTS + id;
            String partitions =
                    entries.stream().map(entry -> entry.partition().toString()).collect(Collectors.joining(", "));
            findings.add(finding(Kind.UNATTENDED_REQUEST, path, cluster.node(path), partitions + " waits" + why));
        });
        cluster.listing().inFlight().values().stream()
                .filter(running -> !isLeftToKafka(cluster, running))
                .forEach(running -> {
                    String path = TopicReader.path(running.partition().topic());
                    findings.add(new Finding(
                            Kind.UNATTENDED_REASSIGNMENT,
                            path,
                            running.partition() + " to " + running.record().target() + " by "
                                    + running.record().request(),
                            running.changedMillis(),
                            running.partition() + " is in flight" + why,
                            REPAIR,
                            new Finding.Repair.ByController()));
                });
        if (!cluster.leads(Leader.NONE)) {
            findings.removeIf(finding -> nowMillis - finding.sinceMillis() < PATIENCE_MILLIS);
        }
        return findings;
    }

    /** Kafka's own reassignments, and what a visit to the office has left for Kafka's controller to complete. */
    private static boolean isLeftToKafka(Examination cluster, Reassignment running) {
        return running.record().zxid() == 0
                || cluster.leads(Leader.KAFKA) && cluster.layouts().get(0).isCompletedByKafka();
    }

    private static Finding finding(Kind kind, String path, Optional<ZkNode> node, String sentence) {
        return new Finding(
                kind,
                path,
                node.map(ZkNode::text).orElse(""),
                node.map(found -> found.stat().mtimeMillis()).orElse(0L),
                sentence,
                REPAIR,
                new Finding.Repair.ByController());
    }
}
