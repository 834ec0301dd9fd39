package org.reassign.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reassign.api.zk.ZkPort;
import org.reassign.cli.UsageException;
import org.reassign.cli.Version;
import org.reassign.cli.client.ClientOptions;
import org.reassign.cli.client.CommandReport;
import org.reassign.cli.client.DurationConverter;
import org.reassign.cli.client.OpenClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}. */
@Command(
        name = "doctor",
        description =
                "Finds what an accident has left over or stuck, with evidence and with what a repair would do. The exit"
                        + " code is 0 when nothing is found, or all was repaired, and 1 otherwise.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DoctorCommand implements Callable<Integer> {
    private static final int SHOWN = 300;

    @Option(
            names = "--repair",
            description = "Repair it: what lies in ZooKeeper by the versions that were read, leading meanwhile where no"
                    + " controller leads; the rest by the controller, for which it waits. Replicas that are too many only"
                    + " with --kind=too-many-replicas, since a replication factor may be on its way up.")
    private boolean repair;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Look for this kind only, such as orphan-record. Repeatable. Default: every kind.")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = "--gone-for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "1d",
            description = "How long a broker has owed a deletion when it counts as gone for good. Default: 1d.")
    private Duration goneFor;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "1m",
            description = "With --repair, how long to wait for a controller at most. Default: 1m.")
    private Duration timeout;

    @Mixin
    private ClientOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandReport report = new CommandReport(spec, options.json());
        Set<Finding.Kind> wanted = wanted();
        try (OpenClient open = options.open(report);
                ZkPort zk = open.sessions().open("requester")) {
            Doctor doctor = new Doctor(open, report, zk, goneFor, wanted);
            List<Finding> findings = doctor.examine();
            findings.forEach(finding -> tell(finding, report, "findings"));
            report.owedDeletes(open.result(open.client().owedDeletes()));
            if (findings.isEmpty()) {
                report.text("Nothing is left over or stuck.");
                report.list("findings");
                return report.end();
            }
            if (!repair) {
                report.incomplete();
                return report.end();
            }
            List<Finding> left = doctor.repair(findings, timeout);
            report.list("left");
            left.forEach(finding -> {
                add(finding, report, "left");
                report.fault(finding.path() + ": " + finding.sentence() + "; " + finding.consequence());
            });
            if (left.isEmpty()) {
                report.text("All is repaired.");
            }
            return report.end();
        }
    }

    private Set<Finding.Kind> wanted() {
        Set<Finding.Kind> wanted = EnumSet.noneOf(Finding.Kind.class);
        for (String name : kinds) {
            wanted.add(Stream.of(Finding.Kind.values())
                    .filter(kind -> text(kind).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("unknown --kind '" + name + "'; available are "
                            + Stream.of(Finding.Kind.values())
                                    .map(DoctorCommand::text)
                                    .collect(Collectors.joining(", ")))));
        }
        return wanted;
    }

    private static void tell(Finding finding, CommandReport report, String list) {
        add(finding, report, list);
        report.text(kind(finding) + "  " + finding.path()
                + (finding.sinceMillis() == 0 ? "" : "  since " + time(finding.sinceMillis())));
        report.text("  " + finding.sentence());
        if (!finding.value().isEmpty()) {
            String value = finding.value();
            report.text("  value   " + (value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value));
        }
        report.text("  repair  " + finding.consequence());
    }

    private static void add(Finding finding, CommandReport report, String list) {
        report.list(list)
                .addObject()
                .put("kind", kind(finding))
                .put("path", finding.path())
                .put("value", finding.value())
                .put("since", finding.sinceMillis() == 0 ? null : time(finding.sinceMillis()))
                .put("sentence", finding.sentence())
                .put("repair", finding.consequence());
    }

    private static String kind(Finding finding) {
        return text(finding.kind());
    }

    private static String text(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
