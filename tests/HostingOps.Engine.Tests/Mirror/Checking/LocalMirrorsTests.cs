using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Tests.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Checking;

/// <summary>What this machine says of its own mirrors: fresh is only what could stand in for the site.</summary>
public sealed class LocalMirrorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_not_whole_is_not_fresh_however_new_it_is()
    {
        await folder.Store(time).SaveAsync(static run => run.PageAsync("/", "home"), ended: "the time of 1 h was over");

        var current = Assert.Single(Read());
        Assert.Equal((SiteMirrorState.Current, false, false), (current.State, current.IsWhole, current.IsFresh));
    }

    [Fact]
    public async Task A_whole_run_that_was_refused_is_not_fresh()
    {
        foreach (var pages in (int[])[4, 1])
        {
            await folder.Store(time).SaveAsync(async run =>
            {
                for (var page = 0; page < pages; page++)
                {
                    await run.PageAsync($"/{page}", "text");
                }
            });
        }

        Assert.Equal([(SiteMirrorState.Refused, true, false), (SiteMirrorState.Current, true, true)], Read().Select(static mirror => (mirror.State, mirror.IsWhole, mirror.IsFresh)));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(2.01, false)]
    public async Task The_sites_own_greatest_age_counts(double hours, bool isFresh)
    {
        await folder.Store(time).SaveAsync(static run => run.PageAsync("/", "home"));
        time.Advance(TimeSpan.FromHours(hours));

        Assert.Equal(isFresh, Assert.Single(Read(new MirrorSettings { MaxAge = TimeSpan.FromHours(2) })).IsFresh);
    }

    private IReadOnlyList<SiteMirror> Read(MirrorSettings? settings = null) => new LocalMirrors(folder.Store(time), time).Read(Mirrors.Site(settings), all: true);
}
