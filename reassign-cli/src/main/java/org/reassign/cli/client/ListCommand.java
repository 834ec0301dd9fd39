package org.reassign.cli.client;

import java.util.concurrent.Callable;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code list}. */
@Command(
        name = "list",
        description =
                "Lists the reassignments in flight, what each waits for, who asked for it and why; and the requests that"
                        + " wait to be accepted.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ListCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandReport report = new CommandReport(spec, options.json());
        try (OpenClient open = options.open(report)) {
            ReassignmentListing listing = open.result(open.client().list());
            print(listing, report);
            if (!listing.waiting().isEmpty()) {
                open.whyNothingHappens(open.result(open.client().controller())).ifPresent(report::note);
            }
            return report.end();
        }
    }

    /** The listing as text and as JSON. */
    static void print(ReassignmentListing listing, CommandReport report) {
        var inFlight = report.list("reassignments");
        listing.inFlight().values().forEach(running -> ReassignmentJson.add(inFlight, running));
        report.text(
                listing.inFlight().isEmpty()
                        ? "No partition reassignments found."
                        : "Current partition reassignments:");
        listing.inFlight().values().forEach(running -> report.text(ReassignmentText.line(running)));
        printWaiting(listing, report);
    }

    static void printWaiting(ReassignmentListing listing, CommandReport report) {
        var waiting = report.list("waiting");
        listing.waiting().forEach(entry -> ReassignmentJson.add(waiting, entry));
        if (!listing.waiting().isEmpty()) {
            report.text("Requests that no controller has carried out yet:");
            listing.waiting().forEach(entry -> report.text(ReassignmentText.line(entry)));
        }
    }
}
