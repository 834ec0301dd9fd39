package org.reassign.cli.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import org.reassign.api.client.OwedReplica;
import org.reassign.api.model.Refusal;
import org.reassign.cli.ExitCode;
import org.reassign.cli.JsonOutput;
import org.reassign.cli.WarningsOnly;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says: text as it goes on, or one JSON document at the end; what is not as asked also on stderr. */
public final class CommandReport {
    /** The field with what was submitted. */
    static final String SUBMITTED = "submitted";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private boolean asAsked = true;

    public CommandReport(CommandSpec spec, boolean json) {
        out = spec.commandLine().getOut();
        err = spec.commandLine().getErr();
        this.json = json;
    }

    /** Where the fields of the document go. */
    ObjectNode document() {
        return document;
    }

    /** The list of that name in the document, made where it is missing. */
    public ArrayNode list(String field) {
        return document.withArrayProperty(field);
    }

    /** The replicas that brokers are still to delete, in the document alone. */
    public void owedDeletes(List<OwedReplica> owed) {
        ArrayNode list = list("owedDeletes");
        owed.forEach(one -> ReassignmentJson.add(list, one));
    }

    /** Text that JSON leaves out. */
    public void text(String line) {
        if (!json) {
            out.println(line);
            out.flush();
        }
    }

    /** Where text goes. */
    PrintWriter out() {
        return out;
    }

    boolean isJson() {
        return json;
    }

    /** Something that a user should know and that is no fault. */
    public void note(String sentence) {
        WarningsOnly.note(err, sentence);
    }

    /** Something that may be a fault of the set-up. */
    void warning(String sentence) {
        WarningsOnly.warn(err, sentence);
    }

    /** Something is not as asked. */
    public void fault(String sentence) {
        asAsked = false;
        WarningsOnly.note(err, sentence);
    }

    /** An entry is refused. */
    void refused(RefusedEntry entry) {
        Refusal refusal = entry.refusal();
        list("refused")
                .addObject()
                .put("partition", entry.name())
                .put("code", refusal.code().name())
                .put("reason", refusal.sentence());
        fault(refusal.sentence());
    }

    /** Something is not complete yet, which is said already. */
    public void incomplete() {
        asAsked = false;
    }

    /** Prints the document, if there is to be one; the exit code. */
    public int end() {
        if (json) {
            JsonOutput.print(document, out);
        }
        return asAsked ? ExitCode.DONE : ExitCode.NOT_AS_ASKED;
    }
}
