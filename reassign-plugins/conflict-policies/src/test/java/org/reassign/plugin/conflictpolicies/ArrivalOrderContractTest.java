package org.reassign.plugin.conflictpolicies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.testkit.ConflictPolicyContract;

class ArrivalOrderContractTest implements ConflictPolicyContract {
    @Override
    public ConflictPolicy policy() {
        return new ArrivalOrder();
    }

    @Test
    void whoComesLaterWinsHoweverEitherCame() {
        assertThat(ConflictPolicyContract.meetings())
                .extracting(meeting -> policy().resolve(meeting.running(), meeting.request(), meeting.entry()))
                .containsOnly(new ConflictPolicy.Resolution.Accept());
    }
}
