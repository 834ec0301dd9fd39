package org.reassign.cli.client;

import org.reassign.api.client.ReassignmentListing;
import picocli.CommandLine.Command;

/** {@code list}. */
@Command(
        name = "list",
        description =
                "Lists the reassignments in flight, what each waits for, who asked for it and why; and the requests that"
                        + " wait to be accepted.")
public final class ListCommand extends ClientCommand {
    @Override
    void perform(OpenClient open, CommandReport report) {
        ReassignmentListing listing = open.result(open.client().list());
        DiskSnapshot disks =
                open.look(listing.inFlight().values().stream().map(CopyJob::of).toList());
        var inFlight = report.list("reassignments");
        listing.inFlight().values().forEach(running -> ReassignmentJson.add(inFlight, running, disks));
        var waiting = report.list("waiting");
        listing.waiting().forEach(entry -> ReassignmentJson.add(waiting, entry));
        ReassignmentText.lines(
                        listing, running -> CopyJob.of(running).progress(disks).flatMap(CopyProgress::text))
                .forEach(report::text);
        if (!listing.waiting().isEmpty()) {
            open.whyNothingHappens(open.result(open.client().controller())).ifPresent(report::note);
        }
    }
}
