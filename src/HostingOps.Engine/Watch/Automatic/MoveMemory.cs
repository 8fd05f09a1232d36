using System.Collections.Concurrent;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>When each site's move may be tried again, and what people have been told of it. Safe for several threads.</summary>
internal sealed class MoveMemory(AutomaticOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (int Tries, DateTimeOffset Next)> waits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Site, string What), DateTimeOffset> told = new();

    /// <summary>When the site may be tried again; null for at once.</summary>
    public DateTimeOffset? NextTry(string siteName) => waits.TryGetValue(siteName, out var wait) ? wait.Next : null;

    /// <summary>A try that did not move the site: the next comes after a longer wait.</summary>
    public void Wait(string siteName)
    {
        var now = time.GetUtcNow();
        waits.AddOrUpdate(
            siteName,
            _ => (1, now + options.FirstWait),
            (_, before) => (before.Tries + 1, now + Wait(before.Tries)));
    }

    /// <summary>What held the site back may be gone, or it is another outage: it may be tried at once.</summary>
    public void Forget(string siteName) => waits.TryRemove(siteName, out _);

    /// <summary>
    /// Of these sites, whether any has not been told of that within the resend interval. Then all count as told now.
    /// </summary>
    public bool ShouldTell(IReadOnlyList<string> siteNames, string what)
    {
        var now = time.GetUtcNow();
        foreach (var old in told.Where(entry => now - entry.Value >= options.Resend))
        {
            told.TryRemove(old);
        }

        if (siteNames.All(site => told.ContainsKey((site, what))))
        {
            return false;
        }

        foreach (var site in siteNames)
        {
            told[(site, what)] = now;
        }

        return true;
    }

    private TimeSpan Wait(int tries) =>
        TimeSpan.FromTicks(Math.Min(options.LongestWait.Ticks, options.FirstWait.Ticks << Math.Min(tries, 20)));
}
