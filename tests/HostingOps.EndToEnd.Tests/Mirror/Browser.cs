using System.Globalization;
using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;
using HostingOps.Testing.Pictures;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>Chromium without a screen, that finds every site at one port of loopback, what this machine calls its own where it is, and nothing else of the world.</summary>
internal sealed class Browser : IDisposable
{
    // The caret of a field that has the focus blinks, and a look may find it or not.
    private const int MostLooks = 6;

    private readonly string program = RealPart.Require("chromium");
    private readonly TemporaryFolder home = new();
    private int pictures;

    /// <summary>What a visitor sees of <c>http://host/path</c>, where all names are at this port.</summary>
    public async Task<Picture> LookAsync(string host, string path, int port)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"look-{++pictures}.png");
        using var chromium = RunningProgram.Start(
            program,
            [
                // Its sandbox cannot be had as root, nor in most containers.
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--window-size=800,700", "--no-first-run", "--disable-background-networking", "--disable-extensions", "--disable-component-update",
                "--user-data-dir=" + home.Combine("profile"),
                string.Create(CultureInfo.InvariantCulture, $"--host-resolver-rules=MAP *:80 127.0.0.1:{port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
                "--screenshot=" + home.Combine(name),
                $"http://{host}{path}",
            ],
            home.Path,
            new Dictionary<string, string> { ["HOME"] = home.Path, ["TMPDIR"] = home.Path });
        var run = await chromium.EndAsync();
        Assert.True(File.Exists(home.Combine(name)), $"No screenshot; exit code {run.Code}.\n{run.Error}");
        return Png.Read(await File.ReadAllBytesAsync(home.Combine(name)));
    }

    /// <summary>Looks at a page of both, and fails when it is not drawn at all, or otherwise than at the origin.</summary>
    public async Task CompareAsync(string host, string path, int origin, int mirror, int colours)
    {
        var (there, here) = (new List<Picture>(), new List<Picture>());
        var difference = 1.0;
        for (var looks = 0; looks < MostLooks && difference > 0; looks++)
        {
            there.Add(await LookAsync(host, path, origin));
            here.Add(await LookAsync(host, path, mirror));
            Assert.True(there[^1].Colours >= colours, $"{path} shows {there[^1].Colours} colours: it was not drawn.");
            difference = there.Min(one => here.Min(one.DifferenceFrom));
        }

        Assert.True(difference == 0, string.Create(CultureInfo.InvariantCulture, $"{path} looks different in {difference:P2} of its pixels."));
    }

    public void Dispose() => home.Dispose();
}
