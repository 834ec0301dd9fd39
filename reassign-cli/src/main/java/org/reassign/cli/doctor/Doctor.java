package org.reassign.cli.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.reassign.api.client.ControllerStatus.Leader;
import org.reassign.api.client.ReassignmentRefusedException;
import org.reassign.api.client.SubmitOptions;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerDisks.DiskContent;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkReader;
import org.reassign.cli.InterruptedRun;
import org.reassign.cli.client.CommandReport;
import org.reassign.cli.client.OpenClient;
import org.reassign.cli.client.ThrottleSession;
import org.reassign.core.client.ReconnectingReader;
import org.reassign.core.throttle.ThrottleTree;

/** Examines a cluster and repairs what it finds. */
final class Doctor {
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final OpenClient open;
    private final CommandReport report;
    private final ZkPort zk;
    private final ZkReader reader;
    private final Duration goneFor;
    private final Set<Finding.Kind> kinds;

    /** One that looks for these kinds, all where there are none, and for brokers that have owed deletions for so long. */
    Doctor(OpenClient open, CommandReport report, ZkPort zk, Duration goneFor, Set<Finding.Kind> kinds) {
        this.open = open;
        this.report = report;
        this.zk = zk;
        this.reader = new ReconnectingReader(zk);
        this.goneFor = goneFor;
        this.kinds = kinds;
    }

    /** All findings, of each kind in turn. */
    List<Finding> examine() {
        return examine(disks());
    }

    private List<Finding> examine(Map<Integer, DiskContent> disks) {
        ThrottleTree throttles = throttles();
        Examination cluster = Examination.of(reader, open); // after the throttles: what they are for is stored by now
        long now = System.currentTimeMillis();
        List<Finding> findings = new ArrayList<>(RecordCheck.findings(cluster));
        findings.addAll(LayoutCheck.findings(cluster));
        findings.addAll(LegacyCheck.findings(cluster));
        findings.addAll(RequestCheck.findings(cluster, now));
        findings.addAll(OwedDeleteCheck.findings(cluster, now, goneFor.toMillis()));
        findings.addAll(ReplicaCheck.findings(cluster));
        findings.addAll(ThrottleCheck.findings(cluster, throttles));
        findings.addAll(StrayReplicaCheck.findings(cluster, disks));
        findings.removeIf(finding -> !isLookedFor(finding.kind()));
        return findings;
    }

    private boolean isLookedFor(Finding.Kind kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }

    private boolean isToBeRepaired(Finding finding) {
        return !(finding.repair() instanceof Finding.Repair.ByOperator)
                && (!(finding.repair() instanceof Finding.Repair.Request) || !kinds.isEmpty());
    }

    /** All that lies on the brokers' disks, where they can be asked for it and it is looked for. */
    private Map<Integer, DiskContent> disks() {
        if (!isLookedFor(Finding.Kind.STRAY_REPLICA)) {
            return Map.of();
        }
        if (open.disks().isOpen(open)) {
            SortedMap<Integer, Broker> live = open.result(open.client().brokers());
            return open.disks().readAll(live, live.keySet());
        }
        if (!kinds.isEmpty()) {
            report.note("no gateway is known by which brokers can be asked what lies on their disks;"
                    + " name it with --gateway, such as --gateway takeover");
        }
        return Map.of();
    }

    private ThrottleTree throttles() {
        try (ThrottleSession session = new ThrottleSession(open, report)) {
            return session.read();
        }
    }

    /**
     * Repairs what can be repaired and is certain, waits for what a controller does, and looks again.
     *
     * @param limit how long to wait at most
     * @return what is left
     */
    List<Finding> repair(List<Finding> found, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        List<Finding> findings = found.stream().filter(this::isToBeRepaired).toList();
        write(findings);
        if (findings.stream().anyMatch(finding -> finding.repair() instanceof Finding.Repair.Release)) {
            try (ThrottleSession throttles = new ThrottleSession(open, report)) {
                throttles.release(List.of());
            }
        }
        request(findings);
        List<Finding> left = left(found);
        boolean said = false;
        while (left.stream().anyMatch(this::isToBeRepaired) && System.nanoTime() - end < 0) {
            if (!said) {
                said = true;
                report.text("waits up to " + limit.toSeconds() + " s for a controller to do the rest");
            }
            pause();
            left = left(found);
        }
        return left;
    }

    /** What is found now, without another look at disks: what only the operator repairs stands as it was. */
    private List<Finding> left(List<Finding> found) {
        List<Finding> left = examine(Map.of());
        found.stream()
                .filter(finding -> finding.repair() instanceof Finding.Repair.ByOperator)
                .forEach(left::add);
        return left;
    }

    private void write(List<Finding> findings) {
        List<Finding> writable = findings.stream()
                .filter(finding -> finding.repair() instanceof Finding.Repair.Write)
                .toList();
        if (writable.isEmpty()) {
            return;
        }
        Leader leader = open.result(open.client().controller()).leader();
        Optional<RepairOffice> office = RepairOffice.enter(zk, reader, leader);
        if (office.isEmpty()) {
            report.note("another controller has just taken the office, so nothing was written; run doctor again");
            return;
        }
        try (RepairOffice held = office.get()) {
            if (held.own()) {
                report.text("leads while it repairs, since no controller does");
            }
            for (Finding finding : writable) {
                boolean done = held.perform(((Finding.Repair.Write) finding.repair()).writes());
                report.text((done ? "repaired " : "not repaired, since it has changed: ") + finding.path());
            }
        }
    }

    private void request(List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding.repair() instanceof Finding.Repair.Request wanted) {
                try {
                    var submitted = open.result(open.client()
                            .submit(
                                    Map.of(wanted.partition(), Optional.of(wanted.target())),
                                    new SubmitOptions(Optional.of("doctor"), Optional.of(finding.sentence())))
                            .get(wanted.partition()));
                    report.text("requested " + wanted.target() + " for " + wanted.partition() + " as "
                            + String.join(", ", submitted.requests()));
                } catch (ReassignmentRefusedException e) {
                    report.note(e.getMessage());
                }
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptedRun("interrupted; what was repaired stays repaired, and doctor shows what is left", e);
        }
    }
}
