using System.Runtime.CompilerServices;
using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine;

/// <content>The sites' static mirrors: what is kept here, and what the secondary hosts serve.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>The mirrors' folder on this machine.</summary>
    internal MirrorStore Mirrors => new(
        MirrorLocation.Resolve(options.MirrorsPath is { } path ? Path.Combine(options.WorkingDirectory, path) : null, StatePath), options.Time);

    /// <summary>What this machine has of the sites' mirrors; reads only.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="all">Also older generations, runs that are unfinished, and the last run when it was refused.</param>
    /// <param name="named">Whether somebody named the sites; of all sites, only those with a mirror are meant.</param>
    /// <exception cref="HostingException">MirrorStoreFailed, StateUnavailable.</exception>
    public IEnumerable<SiteMirror> GetMirrors(IReadOnlyList<HostedSite> sites, bool all, bool named)
    {
        var local = new LocalMirrors(Mirrors, options.Time);
        return sites.Where(site => named || site.Mirror is not null).SelectMany(site => local.Read(site, all));
    }

    /// <summary>Asks the sites' secondary hosts for their mirrors, and compares samples with what is stored here; results come as they are made, in no order.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="samples">URLs to ask for at each, or 0.</param>
    /// <param name="throttleLimit">Sites under way at once.</param>
    /// <param name="named">Whether somebody named the sites; of all sites, only those with a mirror are meant.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HostingException">StateUnavailable.</exception>
    public async IAsyncEnumerable<SiteMirrorTest> TestMirrorsAsync(
        IReadOnlyList<HostedSite> sites, int samples, int throttleLimit, bool named, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tester = new MirrorTester(Mirrors, mirrorAsker.Value, reporter, options.Time, options.Random);
        var tests = tester.TestAsync([.. sites.Where(site => named || site.Mirror is not null)], samples, throttleLimit, cancellationToken);
        await foreach (var test in tests.ConfigureAwait(false))
        {
            yield return test;
        }
    }
}
