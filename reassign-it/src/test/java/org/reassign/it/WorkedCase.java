package org.reassign.it;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.core.scenario.Scenario;
import org.reassign.core.scenario.ScenarioParser;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;
import org.reassign.simulation.SimulatedRun;

/**
 * One of the protocol's worked cases.
 *
 * @param name its number and what is expected
 * @param stated the combinations that it is stated for
 * @param text the scenario, without its name and brokers
 * @param brokers what carries commands
 * @param check what must be true of a run beyond what the scenario expects
 */
record WorkedCase(
        String name,
        Predicate<Choice> stated,
        String text,
        BrokerGateway brokers,
        BiConsumer<Choice, SimulatedRun.Result> check) {
    /** A case for every combination. */
    static WorkedCase of(String name, String text, BiConsumer<Choice, SimulatedRun.Result> check) {
        return new WorkedCase(name, choice -> true, text, new SimulatedBrokers(), check);
    }

    WorkedCase where(Predicate<Choice> which) {
        return new WorkedCase(name, which, text, brokers, check);
    }

    WorkedCase with(BrokerGateway gateway) {
        return new WorkedCase(name, stated, text, gateway, check);
    }

    Scenario scenario() {
        return ScenarioParser.parse("case.yaml", "name: case\nbrokers: {count: 10}\n" + text, Path.of(""));
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
