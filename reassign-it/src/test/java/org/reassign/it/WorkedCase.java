package org.reassign.it;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;
import org.reassign.simulation.SimulatedRun;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioParser;

/**
 * One of the protocol's worked cases.
 *
 * @param name its number and what is expected
 * @param stated the combinations that it is stated for
 * @param scenario what is played
 * @param brokers what carries commands
 * @param check what must be true of a run beyond what the scenario expects
 */
record WorkedCase(
        String name,
        Predicate<Choice> stated,
        Scenario scenario,
        BrokerGateway brokers,
        BiConsumer<Choice, SimulatedRun.Result> check) {
    /** A number in a list of replicas. */
    private static final Pattern BROKER = Pattern.compile("(?<=[\\[,])(\\d+)(?=[\\],])");

    /** A case for every combination, from a scenario without its name and brokers; it has as many as it speaks of. */
    static WorkedCase of(String name, String text, BiConsumer<Choice, SimulatedRun.Result> check) {
        int last = BROKER.matcher(text)
                .results()
                .mapToInt(broker -> Integer.parseInt(broker.group(1)))
                .max()
                .orElseThrow();
        String brokers = "name: case\nbrokers: {count: " + (last + 1) + "}\n";
        Scenario scenario = ScenarioParser.parse("case.yaml", brokers + text, Path.of(""));
        return new WorkedCase(name, choice -> true, scenario, new SimulatedBrokers(), check);
    }

    WorkedCase where(Predicate<Choice> which) {
        return new WorkedCase(name, which, scenario, brokers, check);
    }

    WorkedCase with(BrokerGateway gateway) {
        return new WorkedCase(name, stated, scenario, gateway, check);
    }

    /** One topic {@code t} with partition 0 on these replicas. */
    static String topic(String replicas) {
        return "topics: {t: {partitions: {0: " + replicas + "}, bytesPerPartition: 1MB}}\n";
    }

    static String steps(String... steps) {
        return "steps:\n"
                + String.join(
                        "",
                        List.of(steps).stream()
                                .map(step -> "  - " + step + "\n")
                                .toList());
    }

    @Override
    public String toString() {
        return name;
    }
}
