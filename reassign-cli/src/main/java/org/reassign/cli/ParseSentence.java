package org.reassign.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command line, in a sentence. */
final class ParseSentence {
    private ParseSentence() {}

    static String of(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        return fault(failure, command) + "; see '" + command.getCommandSpec().qualifiedName() + " --help'";
    }

    private static String fault(ParameterException failure, CommandLine command) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, command);
        }
        if (failure.getArgSpec() instanceof OptionSpec option
                && option.longestName().equals("--set")
                && failure.getValue() != null) {
            return "--set: '" + failure.getValue() + "' has no value; write PLUGIN.KEY=VALUE";
        }
        return firstLine(failure.getMessage());
    }

    private static String unmatched(UnmatchedArgumentException failure, CommandLine command) {
        List<String> words = failure.getUnmatched();
        if (failure.isUnknownOption() || words.isEmpty()) {
            return firstLine(failure.getMessage()) + suggestion(failure);
        }
        if (command.getSubcommands().isEmpty()) {
            return "'" + words.get(0) + "' is one argument too many; leave it out, or quote what belongs together";
        }
        return "there is no command '" + words.get(0) + "'" + suggestion(failure) + "; commands are "
                + String.join(", ", command.getSubcommands().keySet());
    }

    private static String suggestion(UnmatchedArgumentException failure) {
        return failure.getSuggestions().isEmpty()
                ? ""
                : " (did you mean " + String.join(" or ", failure.getSuggestions()) + "?)";
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
