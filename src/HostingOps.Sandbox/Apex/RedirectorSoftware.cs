using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Text.RegularExpressions;
using HostingOps.Sandbox.Http;
using HostingOps.Sandbox.Sites;

namespace HostingOps.Sandbox.Apex;

/// <summary>
/// A small redirector that stands for nginx: it serves those of the inventory's bare domains and aliases that the user data
/// names, whatever the form of the configuration in it, and closes the connection for every other host.
/// </summary>
internal sealed partial class RedirectorSoftware(IReadOnlyList<HostedSite> sites, SandboxAuthority authority, TimeProvider timeProvider) : IInstanceSoftware
{
    /// <summary>The header that names the instance.</summary>
    public const string InstanceHeader = "X-HostingOps-Instance";

    /// <inheritdoc/>
    public Task<IRunningSoftware?> StartAsync(InstanceBoot boot, CancellationToken cancellationToken)
    {
        var named = HostName().Matches(UserDataText.Of(boot.UserData)).Select(static match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var targets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var site in sites)
        {
            foreach (var name in site.Aliases.Prepend(site.Domain).SelectMany(static name => new[] { name, "www." + name }).Where(name => name != site.HostName && named.Contains(name)))
            {
                targets.TryAdd(name, site.HostName);
            }
        }

        return Task.FromResult<IRunningSoftware?>(targets.Count == 0 ? null : new Running(boot, targets, authority, timeProvider));
    }

    [GeneratedRegex(@"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();

    private sealed class Running : IRunningSoftware
    {
        private readonly Dictionary<string, string> targets;
        private readonly string instanceId;
        private readonly SandboxAuthority authority;
        private readonly ConcurrentDictionary<string, Lazy<SslStreamCertificateContext>> certificates = new(StringComparer.OrdinalIgnoreCase);
        private readonly HttpRoom http;
        private readonly HttpRoom https;

        public Running(InstanceBoot boot, Dictionary<string, string> targets, SandboxAuthority authority, TimeProvider timeProvider)
        {
            this.targets = targets;
            this.authority = authority;
            instanceId = boot.InstanceId;
            http = new HttpRoom(AnswerAsync, null, new HttpLimits(), timeProvider, boot.Address);
            https = new HttpRoom(AnswerAsync, ChooseCertificateAsync, new HttpLimits(), timeProvider, boot.Address);
            http.Start();
            https.Start();
            Http = new IPEndPoint(boot.Address, http.Port);
            Https = new IPEndPoint(boot.Address, https.Port);
        }

        public IPEndPoint? Http { get; }

        public IPEndPoint? Https { get; }

        public async ValueTask DisposeAsync()
        {
            await http.DisposeAsync().ConfigureAwait(false);
            await https.DisposeAsync().ConfigureAwait(false);
            foreach (var certificate in certificates.Values.Where(static certificate => certificate.IsValueCreated))
            {
                certificate.Value.TargetCertificate.Dispose();
            }
        }

        private Task<HttpAnswer> AnswerAsync(HttpRequest request, CancellationToken cancellationToken) => Task.FromResult(
            targets.TryGetValue(request.Host, out var target)
                ? HttpAnswer.Text(
                    301,
                    "text/plain; charset=utf-8",
                    "",
                    new("Location", $"https://{target}{request.Target}"),
                    new(InstanceHeader, instanceId))
                : HttpAnswer.Reset);

        private ValueTask<SslServerAuthenticationOptions> ChooseCertificateAsync(
            SslStream stream, SslClientHelloInfo hello, object? state, CancellationToken cancellationToken)
        {
            // .NET decodes an xn-- name of a client's hello.
            var name = string.IsNullOrEmpty(hello.ServerName) ? "" : new IdnMapping().GetAscii(hello.ServerName);
            if (!targets.ContainsKey(name))
            {
                throw new IOException("The redirector has no certificate for that name.");
            }

            var context = certificates.GetOrAdd(
                name,
                static (name, issuer) => new Lazy<SslStreamCertificateContext>(() => issuer.Issue([name], isExpired: false)),
                authority);
            return ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = context.Value, ClientCertificateRequired = false });
        }
    }
}
