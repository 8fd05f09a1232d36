namespace HostingOps.EndToEnd.Tests.World;

/// <summary>Waits for what other processes do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks again and again until it is so; fails after a minute, or when the program that should do it has ended.</summary>
    public static async Task TrueAsync(Func<bool> condition, RunningProgram? by = null)
    {
        var limit = DateTime.UtcNow + Patience;
        while (!condition())
        {
            if (by is { HasExited: true })
            {
                var run = await by.EndAsync();
                Assert.True(condition(), $"The program ended with {run.Code} before it happened.\nstdout:\n{run.Out}\nstderr:\n{run.Error}");
                return;
            }

            Assert.True(DateTime.UtcNow < limit, $"It did not happen within {Patience}.");
            await Task.Delay(30);
        }
    }
}
