using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.State;

public sealed class PauseRegisterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = Journals.Clock();
    private readonly StateDatabase database;
    private readonly PauseRegister pauses;

    public PauseRegisterTests()
    {
        database = folder.Open(clock);
        pauses = new PauseRegister(database);
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_pause_holds_for_its_own_zone_and_site_until_it_is_resumed()
    {
        var made = pauses.Pause(Journals.Zone, "acme", "ada@desk", "migrating the database", null);

        Assert.Equal(made, pauses.Find("Sites.Example.NET.", "acme", clock.GetUtcNow()));
        Assert.Equal(("acme", "ada@desk", "migrating the database", clock.GetUtcNow(), null), (made.SiteName, made.By, made.Reason, made.Since, made.Until));
        Assert.Null(pauses.Find("other.example", "acme", clock.GetUtcNow()));
        Assert.Null(pauses.Find(Journals.Zone, "bolt", clock.GetUtcNow()));
        Assert.Equal(made, pauses.Resume(Journals.Zone, "acme"));
        Assert.Null(pauses.Find(Journals.Zone, "acme", clock.GetUtcNow()));
        Assert.Null(pauses.Resume(Journals.Zone, "acme"));
    }

    [Fact]
    public void A_pause_ends_by_itself()
    {
        var until = clock.GetUtcNow().AddHours(1);
        pauses.Pause(Journals.Zone, "acme", "ada@desk", "lunch", until.ToOffset(TimeSpan.FromHours(5)));

        Assert.Equal(until, pauses.Find(Journals.Zone, "acme", until.AddTicks(-1))!.Until);
        Assert.Null(pauses.Find(Journals.Zone, "acme", until));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(pauses.Resume(Journals.Zone, "acme"));
    }

    [Fact]
    public void A_later_pause_takes_the_place_of_the_earlier_one()
    {
        pauses.Pause(Journals.Zone, "acme", "ada@desk", "first", clock.GetUtcNow().AddHours(1));
        pauses.Pause(Journals.Zone, "acme", "bob@desk", "second", null);

        var held = Assert.Single(pauses.All(clock.GetUtcNow()));
        Assert.Equal(("bob@desk", "second", null), (held.By, held.Reason, held.Until));
    }

    [Fact]
    public void The_list_has_the_pauses_that_hold_now()
    {
        pauses.Pause(Journals.Zone, "bolt", "ada@desk", "r", null);
        pauses.Pause(Journals.Zone, "acme", "ada@desk", "r", clock.GetUtcNow().AddHours(1));
        pauses.Pause("other.example", "corp", "ada@desk", "r", null);

        Assert.Equal(["acme", "bolt", "corp"], pauses.All(clock.GetUtcNow()).Select(pause => pause.SiteName));
        Assert.Equal(["acme", "bolt"], pauses.All(clock.GetUtcNow(), Journals.Zone).Select(pause => pause.SiteName));
        Assert.Equal(["bolt"], pauses.All(clock.GetUtcNow().AddHours(2), Journals.Zone).Select(pause => pause.SiteName));
    }

    [Fact]
    public void A_pause_without_a_reason_or_with_an_end_in_the_past_is_refused()
    {
        Assert.Equal(
            ErrorIds.InvalidArgument,
            Assert.Throws<HostingException>(() => pauses.Pause(Journals.Zone, "acme", "ada@desk", " ", null)).ErrorId);
        Assert.Equal(
            ErrorIds.InvalidArgument,
            Assert.Throws<HostingException>(() => pauses.Pause(Journals.Zone, "acme", "ada@desk", "r", clock.GetUtcNow())).ErrorId);
        Assert.Empty(pauses.All(clock.GetUtcNow()));
    }
}
