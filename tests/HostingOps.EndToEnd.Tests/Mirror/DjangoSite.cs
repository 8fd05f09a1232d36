using System.Globalization;
using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>A real Django site served by gunicorn, with a database, collected static files and uploads of its own.</summary>
internal sealed class DjangoSite : IDisposable
{
    public const int Posts = 40;

    private readonly TemporaryFolder home;
    private readonly RealServer server;

    private DjangoSite(TemporaryFolder home, RealServer server, int port) => (this.home, this.server, Port) = (home, server, port);

    public int Port { get; }

    public static async Task<DjangoSite> StartAsync()
    {
        _ = RealPart.Require("django-admin");
        var gunicorn = RealPart.Require("gunicorn");
        var home = new TemporaryFolder();
        try
        {
            var project = RepositoryRoot.Combine("tests", "HostingOps.EndToEnd.Tests", "Mirror", "django");
            var environment = new Dictionary<string, string>
            {
                ["JOURNAL_HOME"] = home.Path,
                ["PYTHONPATH"] = project,
                ["PYTHONDONTWRITEBYTECODE"] = "1",
                ["DJANGO_SETTINGS_MODULE"] = "settings",
            };
            // By the interpreter that has Django, which need not be the first of PATH.
            var python = (await File.ReadAllLinesAsync(gunicorn))[0].TrimStart('#', '!', ' ').Split(' ')[0];
            using (var fill = RunningProgram.Start(python, [Path.Combine(project, "fill.py")], home.Path, environment))
            {
                _ = (await fill.EndAsync()).Ended(0);
            }

            var port = FreePort.On("127.0.0.1");
            var server = await RealServer.StartAsync(
                gunicorn,
                ["--bind", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "--workers", "1", "--threads", "8", "--worker-tmp-dir", home.Path, "wsgi:application"],
                "127.0.0.1",
                port,
                environment);
            return new DjangoSite(home, server, port);
        }
        catch
        {
            home.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        server.Dispose();
        home.Dispose();
    }
}
