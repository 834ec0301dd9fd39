package org.reassign.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.zk.ZkException;
import org.reassign.core.client.UnansweredSubmissionException;
import org.reassign.core.lead.CannotLeadException;
import org.reassign.core.lead.MigrationException;
import org.reassign.core.plugin.ChoiceException;
import org.reassign.core.plugin.PluginFault;
import org.reassign.core.store.LeadershipLost;
import org.reassign.simulation.scenario.ScenarioException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever a command throws into one sentence on stderr and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        boolean stack = ((Reassign) command.getCommandSpec().root().userObject()).stacktrace;
        PrintWriter err = command.getErr();
        err.println(sentence(failure));
        if (stack) {
            failure.printStackTrace(err);
        }
        err.flush();
        if ("json".equals(command.getParseResult().matchedOptionValue("--output", "text"))) {
            JsonOutput.print(document(failure, command), command.getOut());
        }
        return code(failure);
    }

    private static ObjectNode document(Exception failure, CommandLine command) {
        Object object = command.getCommandSpec().userObject();
        Optional<ObjectNode> begun =
                object instanceof PartialDocument partial ? partial.unfinished() : Optional.empty();
        return begun.orElseGet(JsonNodeFactory.instance::objectNode)
                .put("error", sentence(failure))
                .put("exitCode", code(failure));
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String sentence = ParseSentence.of(failure);
        err.println(sentence);
        if (List.of(arguments).contains("--stacktrace")) {
            failure.printStackTrace(err);
        }
        err.flush();
        if (wantsJson(arguments)) {
            JsonOutput.print(Map.of("error", sentence, "exitCode", ExitCode.USAGE), command.getOut());
        }
        return ExitCode.USAGE;
    }

    /** By the words themselves, since they could not be parsed. */
    private static boolean wantsJson(String... arguments) {
        return List.of(arguments).contains("--output=json")
                || String.join(" ", arguments).matches("(.* )?--output json( .*)?");
    }

    private static int code(Exception failure) {
        if (failure instanceof UsageException
                || failure instanceof ChoiceException
                || failure instanceof MigrationException
                || failure instanceof ScenarioException) {
            return ExitCode.USAGE;
        }
        if (failure instanceof OutOfReachException
                || failure instanceof ZkException
                || failure instanceof UnansweredSubmissionException
                || failure instanceof LeadershipLost && !isInterrupted(failure)
                || failure instanceof CannotLeadException) {
            return ExitCode.OUT_OF_REACH;
        }
        if (failure instanceof PluginFault) {
            return ExitCode.PLUGIN;
        }
        return failure instanceof InterruptedRun || isInterrupted(failure)
                ? ExitCode.INTERRUPTED
                : ExitCode.NOT_AS_ASKED;
    }

    /** Whether a wait for ZooKeeper's answer was interrupted. */
    private static boolean isInterrupted(Exception failure) {
        return failure instanceof LeadershipLost && failure.getCause() instanceof InterruptedException;
    }

    private static String sentence(Exception failure) {
        if (failure instanceof ZkException closed && closed.code() == ZkException.Code.NO_AUTH) {
            return firstLine(failure.getMessage());
        }
        if (failure instanceof ZkException) {
            return "ZooKeeper failed a request: " + firstLine(failure.getMessage())
                    + "; check that it runs and is writable, and try again";
        }
        if (failure instanceof LeadershipLost) {
            return isInterrupted(failure)
                    ? "interrupted while ZooKeeper was asked; what was submitted goes on"
                    : failure.getMessage() + "; check that it runs and can be reached, and try again";
        }
        boolean known = code(failure) != ExitCode.NOT_AS_ASKED;
        return known
                ? failure.getMessage()
                : "this should not have happened: " + firstLine(failure.toString())
                        + "; run it again with --stacktrace and report what it prints";
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
