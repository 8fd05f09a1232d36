using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Agents;

namespace HostingOps.Engine.Tests.Watch.Witnesses;

public sealed class WitnessVoicesTests
{
    [Fact]
    public void Those_on_one_machine_have_one_voice_which_says_the_least_any_of_them_does()
    {
        var heard = WitnessVoices.OnePerMachine(
            [Said("a", WitnessAnswer.Down, "m"), Said("b", WitnessAnswer.Down, "n"), Said("c", WitnessAnswer.Serves, "m"), Said("d", WitnessAnswer.Down, "m")], "here");

        Assert.Equal([WitnessAnswer.Unknown, WitnessAnswer.Down, WitnessAnswer.Serves, WitnessAnswer.Unknown], heard.Select(static one => one.Answer));
        Assert.Equal("it is on the same machine as c, and one machine has one voice", heard[0].Reason);
    }

    [Fact]
    public void The_machine_that_asks_has_no_second_voice()
    {
        var heard = WitnessVoices.OnePerMachine([Said("a", WitnessAnswer.Down, "here"), Said("b", WitnessAnswer.Down, "m")], "here");

        Assert.Equal([WitnessAnswer.Unknown, WitnessAnswer.Down], heard.Select(static one => one.Answer));
        Assert.Contains("machine that asks", heard[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Those_whose_machine_is_not_known_are_not_taken_for_one()
    {
        WitnessOpinion[] opinions = [Said("a", WitnessAnswer.Down, null), Said("route53", WitnessAnswer.Down, null)];

        Assert.Equal(opinions, WitnessVoices.OnePerMachine(opinions, null));
    }

    [Fact]
    public void A_machine_s_mark_stays_the_same_and_differs_from_another_s()
    {
        Assert.Equal(MachineMark.OfThisMachine(), MachineMark.OfThisMachine());
        Assert.True(WitnessSignature.IsHash(MachineMark.OfThisMachine()));
        Assert.NotEqual(MachineMark.Of("a"), MachineMark.Of("b"));
    }

    private static WitnessOpinion Said(string witness, WitnessAnswer answer, string? machine) => new(witness, answer, "Seen.", machine);
}
