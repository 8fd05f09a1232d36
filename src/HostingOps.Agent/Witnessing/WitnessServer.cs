using System.Net;
using System.Net.Sockets;
using System.Net.Security;
using System.Threading.RateLimiting;
using HostingOps.Engine.Watch.Witnesses.Agents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace HostingOps.Agent.Witnessing;

/// <summary>The witness's HTTP server: takes questions to the desk, within bounds of size, rate and number.</summary>
internal sealed class WitnessServer : IAsyncDisposable
{
    private const int MostConnections = 200;
    private const int RequestsAtOnce = 32;
    private const int Burst = 40;
    private const int PerSecond = 10;
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(3);

    private readonly WebApplication application;

    private WitnessServer(WebApplication application) => this.application = application;

    /// <summary>Where it listens.</summary>
    public string Address => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts to listen.</summary>
    /// <param name="endpoint">Where; port 0 for any.</param>
    /// <param name="certificate">For https; null for http.</param>
    /// <param name="desk">Answers.</param>
    /// <param name="inventory">The inventory in use.</param>
    /// <param name="tell">Is told of each request and its answer.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="HostingException">WitnessNotListening.</exception>
    public static async Task<WitnessServer> StartAsync(
        IPEndPoint endpoint, ServerCertificate? certificate, WitnessDesk desk, Func<HostingInventory> inventory, Action<string> tell, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = WitnessDesk.MostBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = Reading;
            kestrel.Listen(endpoint, listen =>
            {
                listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (certificate is not null)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
                        HandshakeTimeout = Reading,
                    });
                }
            });
        });
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = Goodbye);

        // The agent has its own handling of signals.
        builder.Services.AddSingleton<IHostLifetime, BorrowedLifetime>();
        builder.Services.AddRateLimiter(static options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(static context => RateLimitPartition.GetTokenBucketLimiter(
                    Client(context.Connection.RemoteIpAddress),
                    static _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
                    })),
                PartitionedRateLimiter.Create<HttpContext, string>(static _ => RateLimitPartition.GetConcurrencyLimiter(
                    "", static _ => new ConcurrencyLimiterOptions { PermitLimit = RequestsAtOnce, QueueLimit = 0 })));
        });
        var application = builder.Build();
        application.UseRateLimiter();
        application.Run(context => AnswerAsync(context, desk, inventory, tell));
        var server = new WitnessServer(application);
        try
        {
            await application.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new HostingException(
                ErrorIds.WitnessNotListening,
                HostingErrorCategory.ResourceUnavailable,
                endpoint,
                $"The witness can't listen on {endpoint}: {error.GetBaseException().Message}",
                "Choose another address with --listen, or stop what listens there.",
                error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Goodbye);
        await application.StopAsync(limit.Token);
        await application.DisposeAsync();
    }

    private static async Task AnswerAsync(HttpContext context, WitnessDesk desk, Func<HostingInventory> inventory, Action<string> tell)
    {
        var request = context.Request;
        var reply = await ReplyAsync(context, desk, inventory);
        tell(FormattableString.Invariant($"{context.Connection.RemoteIpAddress} asked {request.Method} {request.Path}: {reply.Status}"));
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.Signature is null ? "text/plain; charset=utf-8" : "application/json";
        context.Response.ContentLength = reply.Body.Length;
        context.Response.Headers.CacheControl = "no-store";
        if (reply.Signature is { } signature)
        {
            context.Response.Headers[WitnessDesk.SignatureHeader] = signature;
        }

        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    private static async Task<WitnessReply> ReplyAsync(HttpContext context, WitnessDesk desk, Func<HostingInventory> inventory)
    {
        // A proxy in front may have cut off or added a part before it.
        if (context.Request.Path.Value?.EndsWith(WitnessDesk.Path, StringComparison.Ordinal) != true)
        {
            return Refuse(StatusCodes.Status404NotFound, "there is nothing here");
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return Refuse(StatusCodes.Status405MethodNotAllowed, "POST only");
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            limit.CancelAfter(Reading);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, limit.Token);
            return await desk.AnswerAsync(name => context.Request.Headers[name] is [{ } value] ? value : null, body.ToArray(), inventory(), context.RequestAborted);
        }
        catch (BadHttpRequestException error)
        {
            return Refuse(error.StatusCode, "the request is too large, or can't be read");
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Refuse(StatusCodes.Status408RequestTimeout, "the request took too long");
        }
    }

    private static WitnessReply Refuse(int status, string reason) => new(status, System.Text.Encoding.UTF8.GetBytes(reason + "\n"), null);

    // Whoever has one IPv6 address has 2^64 of them.
    private static string Client(IPAddress? address)
    {
        var bytes = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.GetAddressBytes() ?? [];
        return Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 8)));
    }

    private sealed class BorrowedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
