import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reassign.api.client.ReassignmentClient;
import org.reassign.api.client.SubmitOptions;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.client.PublishedPlugins;
import org.reassign.core.client.StoredReassignmentClient;
import org.reassign.core.plugin.PluginHost;
import org.reassign.zk.CuratorSessions;

/**
 * Moves one partition and waits for it; what is not done within a minute is cancelled. With the distribution in DIST:
 *
 * <pre>java -cp 'DIST/lib/*' MovePartition.java HOST:PORT DIST/plugins orders-0 2,3</pre>
 */
class MovePartition {
    public static void main(String[] arguments) throws Exception {
        TopicPartition partition = TopicPartition.parse(arguments[2]).orElseThrow();
        Replicas target = new Replicas(
                Arrays.stream(arguments[3].split(",")).map(Integer::valueOf).toList());
        SubmitOptions options = new SubmitOptions(Optional.of("example"), Optional.of("to show how"));
        try (PluginHost plugins = PluginHost.open(List.of(Path.of(arguments[1])));
                ReassignmentClient client = StoredReassignmentClient.open(
                        new CuratorSessions(arguments[0]), new PublishedPlugins(plugins))) {
            SubmittedTarget submitted = client.submit(Map.of(partition, Optional.of(target)), options)
                    .get(partition)
                    .get();
            System.out.println("stored as " + submitted.requests());
            CompletableFuture<Answer> answer = client.await(List.of(submitted)).get(partition);
            answer.orTimeout(1, TimeUnit.MINUTES).handle((ended, late) -> ended).get();
            if (answer.isCompletedExceptionally()) {
                client.list(List.of(partition)).get().inFlight().values().forEach(System.out::println);
                client.cancel(List.of(partition), options).get(partition).get();
                System.out.println("cancelled");
                return;
            }
            System.out.println(partition + " " + answer.get().outcome());
        }
    }
}
