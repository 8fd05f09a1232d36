using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Route53.Model;
using Amazon.Runtime;
using HostingOps.Aws.Tests.Stub;
using HostingOps.Engine.Aws;

namespace HostingOps.Aws.Tests;

/// <summary>Every way a call can fail, made real on loopback, and what the user is told.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class AwsErrorTests : IDisposable
{
    private const string Listing = "<ListHostedZonesByNameResponse xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><HostedZones/><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>";
    private const string SecretText = "do-not-show-this";
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [Theory]
    [InlineData("ExpiredToken", 403, ErrorIds.AwsCredentialsInvalid, HostingErrorCategory.AuthenticationError)]
    [InlineData("InvalidClientTokenId", 403, ErrorIds.AwsCredentialsInvalid, HostingErrorCategory.AuthenticationError)]
    [InlineData("UnrecognizedClientException", 403, ErrorIds.AwsCredentialsInvalid, HostingErrorCategory.AuthenticationError)]
    [InlineData("AccessDenied", 403, ErrorIds.AwsAccessDenied, HostingErrorCategory.AuthenticationError)]
    [InlineData("NoSuchHostedZone", 404, ErrorIds.HostedZoneNotFound, HostingErrorCategory.ObjectNotFound)]
    [InlineData("InvalidInput", 400, ErrorIds.AwsRequestFailed, HostingErrorCategory.InvalidArgument)]
    public async Task Each_refusal_of_AWS_has_its_id_and_is_not_retried(string code, int status, string errorId, HostingErrorCategory category)
    {
        await using var server = new StubServer(StubAnswer.Error(status, code, "because"));

        var error = await FailAsync(server.Url);

        Assert.Equal((errorId, category), (error.ErrorId, error.Category));
        Assert.Equal("example.com", error.Target);
        Assert.NotNull(error.RecommendedAction ?? error.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_denied_action_is_named_with_who_asked_and_what_to_allow()
    {
        await using var server = new StubServer(StubAnswer.Error(
            403, "AccessDenied", "User: arn:aws:iam::123456789012:user/ops is not authorized to perform: route53:ListHostedZonesByName because no identity-based policy allows it"));

        var error = await FailAsync(server.Url);

        Assert.Contains("arn:aws:iam::123456789012:user/ops", error.Message);
        Assert.Contains("route53:ListHostedZonesByName", error.Message);
        Assert.Contains("Allow \"route53:ListHostedZonesByName\"", error.RecommendedAction);
        Assert.Contains("docs/iam.md", error.RecommendedAction);
    }

    [Fact]
    public async Task A_wrong_signature_does_not_quote_the_signed_request()
    {
        await using var server = new StubServer(StubAnswer.Error(
            403, "SignatureDoesNotMatch", $"The Canonical String should have been x-amz-security-token:{SecretText}"));

        var error = await FailAsync(server.Url);

        Assert.Equal(ErrorIds.AwsCredentialsInvalid, error.ErrorId);
        Assert.DoesNotContain(SecretText, error.ToString());
    }

    [Fact]
    public async Task Throttling_is_retried_until_it_ends()
    {
        await using var server = new StubServer((_, number) => number <= 2 ? StubAnswer.Error(400, "Throttling", "Rate exceeded") : StubAnswer.Xml(Listing));
        using var connection = Connect(server.Url);

        await AskAsync(connection);

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(3, connection.CallCounts["route53:ListHostedZonesByName"]);
    }

    [Theory]
    [InlineData("Throttling")]
    [InlineData("PriorRequestNotComplete")]
    public void Throttling_that_does_not_end_is_told(string code)
    {
        var error = AwsErrorTranslation.Translate(
            new AmazonServiceException("Rate exceeded", ErrorType.Sender, code, "r", HttpStatusCode.BadRequest), "example.com", "route53:GetChange");

        Assert.Equal((ErrorIds.AwsThrottled, HostingErrorCategory.LimitsExceeded), (error.ErrorId, error.Category));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Please sign in to the hotel's network</body></html>", "an HTML page")]
    [InlineData("", "an empty answer")]
    [InlineData("{\"ok\":true}", "not XML")]
    [InlineData("<Other/>", "root 'Other'")]
    [InlineData("<ListHostedZonesByNameResponse><IsTruncated>perhaps</IsTruncated></ListHostedZonesByNameResponse>", "wrong kind")]
    public async Task A_success_that_is_not_AWSs_is_retried_and_then_told(string body, string seen)
    {
        await using var server = new StubServer(new StubAnswer(200, body, "text/html"));

        var error = await FailAsync(server.Url);

        Assert.Equal((ErrorIds.AwsAnswerUnreadable, HostingErrorCategory.ProtocolError), (error.ErrorId, error.Category));
        Assert.Contains(seen, error.Message);
        Assert.Contains("HTTP 200", error.Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(403)]
    public async Task A_refusal_by_something_between_is_told_apart_from_AWSs(int status)
    {
        await using var server = new StubServer(new StubAnswer(status, "<html>blocked</html>", "text/html", Location: "http://portal.example/"));

        var error = await FailAsync(server.Url);

        Assert.Equal(ErrorIds.AwsAnswerUnreadable, error.ErrorId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_5xx_is_retried_and_then_told_as_the_other_sides_fault()
    {
        await using var server = new StubServer(new StubAnswer(503, "<html>upstream</html>", "text/html"));

        var error = await FailAsync(server.Url);

        Assert.Equal((ErrorIds.AwsRequestFailed, HostingErrorCategory.ConnectionError), (error.ErrorId, error.Category));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("hang up")]
    [InlineData("500")]
    public async Task A_write_whose_answer_is_lost_is_not_sent_again_behind_its_callers_back(string how)
    {
        await using var server = new StubServer(how switch
        {
            "garbage" => new StubAnswer(200, "garbage"),
            "hang up" => StubAnswer.HangUp,
            _ => StubAnswer.Error(500, "InternalFailure", "oops"),
        });
        using var connection = Connect(server.Url);

        await Assert.ThrowsAnyAsync<Exception>(() => connection.Route53.ChangeResourceRecordSetsAsync(
            new ChangeResourceRecordSetsRequest("Z1", new ChangeBatch([new Change()]))));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_write_lost_on_a_kept_connection_is_not_sent_again_either()
    {
        await using var server = new StubServer((request, _) => request.Method == "GET" ? StubAnswer.Xml(Listing) : StubAnswer.HangUp);
        using var connection = Connect(server.Url);
        await AskAsync(connection);

        var lost = await Assert.ThrowsAnyAsync<Exception>(() => connection.Route53.ChangeResourceRecordSetsAsync(
            new ChangeResourceRecordSetsRequest("Z1", new ChangeBatch([new Change()]))));

        Assert.Single(server.Requests, static request => request.Method == "POST");
        Assert.Equal(ErrorIds.AwsEndpointUnreachable, AwsErrorTranslation.Translate(lost, "example.com", "route53:ChangeResourceRecordSets").ErrorId);
    }

    [Fact]
    public async Task A_throttled_write_is_sent_again()
    {
        await using var server = new StubServer((_, number) => number == 1
            ? StubAnswer.Error(400, "PriorRequestNotComplete", "busy")
            : StubAnswer.Xml("<ChangeResourceRecordSetsResponse><ChangeInfo><Id>/change/C1</Id><Status>PENDING</Status></ChangeInfo></ChangeResourceRecordSetsResponse>"));
        using var connection = Connect(server.Url);

        var answer = await connection.Route53.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest("Z1", new ChangeBatch([new Change()])));

        Assert.Equal("C1", answer.ChangeInfo.Id);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_closed_port_is_told_as_refused()
    {
        var error = await FailAsync($"http://127.0.0.1:{FreePort()}");

        Assert.Equal((ErrorIds.AwsEndpointUnreachable, HostingErrorCategory.ConnectionError), (error.ErrorId, error.Category));
        Assert.Contains("refused", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_told()
    {
        var error = await FailAsync("http://route53.no-such-name.invalid", new BasicAWSCredentials("key", "secret"));

        Assert.Equal(ErrorIds.AwsEndpointUnreachable, error.ErrorId);
        Assert.Contains("name was not found", error.Message);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_told()
    {
        await using var server = new StubServer(StubAnswer.HangUp);

        var error = await FailAsync(server.Url);

        Assert.Equal(ErrorIds.AwsEndpointUnreachable, error.ErrorId);
    }

    [Fact]
    public async Task An_endpoint_that_speaks_no_TLS_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerPlainlyAsync(listener);

        var error = await FailAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        listener.Stop();
        await answering;
        Assert.Equal(ErrorIds.AwsEndpointUnreachable, error.ErrorId);
        Assert.Contains("TLS", error.Message);
    }

    [Fact]
    public async Task Cancelling_ends_a_waiting_call_at_once()
    {
        await using var server = new StubServer(StubAnswer.Silence);
        using var connection = Connect(server.Url);
        using var cancel = new CancellationTokenSource();
        var call = connection.Route53.ListHostedZonesByNameAsync(new ListHostedZonesByNameRequest(), cancel.Token);
        await server.WaitForRequestAsync();
        var since = Stopwatch.StartNew();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        // Far below the request's own time limit, far above what a busy machine needs.
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(10));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_between_retries()
    {
        await using var server = new StubServer(StubAnswer.Error(400, "Throttling", "Rate exceeded"));
        using var connection = Connect(server.Url);
        using var cancel = new CancellationTokenSource();
        var call = connection.Route53.ListHostedZonesByNameAsync(new ListHostedZonesByNameRequest(), cancel.Token);
        await server.WaitForRequestAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task What_is_asked_is_told_before_it_is_sent_and_how_long_the_answer_took()
    {
        await using var server = new StubServer(StubAnswer.Xml("<ListResourceRecordSetsResponse><ResourceRecordSets/></ListResourceRecordSetsResponse>"));
        var told = new List<string>();
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = server.Url }, verbose: told.Add);

        await connection.Route53.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest("Z1"));

        Assert.Equal(2, told.Count);
        Assert.Equal($"Route 53 ListResourceRecordSets zone Z1 at {server.Url.TrimEnd('/')}", told[0]);
        Assert.Matches(@"^Route 53 ListResourceRecordSets answered in \d+ ms$", told[1]);
    }

    [Fact]
    public async Task A_try_that_fails_is_told_with_its_number_and_no_password_of_the_endpoint()
    {
        await using var server = new StubServer((_, number) => number == 1
            ? new StubAnswer(500, "<ErrorResponse><Error><Code>InternalFailure</Code></Error></ErrorResponse>")
            : StubAnswer.Xml("<ListResourceRecordSetsResponse><ResourceRecordSets/></ListResourceRecordSetsResponse>"));
        var told = new List<string>();
        using var connection = new AwsConnection(
            new AwsSettings { EndpointUrl = server.Url.Replace("http://", "http://ops:hush-hush@", StringComparison.Ordinal) }, verbose: told.Add);

        await connection.Route53.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest("Z1"));

        Assert.Contains(told, static line => line.StartsWith("Route 53 ListResourceRecordSets, try 1: InternalFailure after ", StringComparison.Ordinal));
        Assert.Contains(told, static line => line.EndsWith(", try 2", StringComparison.Ordinal));
        Assert.DoesNotContain(told, static line => line.Contains("hush-hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1:5000")]
    [InlineData("ftp://127.0.0.1")]
    public void An_endpoint_that_is_no_web_address_is_refused_at_once(string url)
    {
        var error = Assert.Throws<HostingException>(() => new AwsConnection(new AwsSettings { EndpointUrl = url }));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(url, error.Message);
    }

    [Fact]
    public void EC2_without_a_region_says_so()
    {
        using var connection = new AwsConnection(new AwsSettings(), new BasicAWSCredentials("key", "secret"));

        Assert.Equal(ErrorIds.AwsRegionMissing, Assert.Throws<HostingException>(() => connection.EC2).ErrorId);
    }

    [Fact]
    public void A_HostingException_inside_comes_back_as_it_is()
    {
        var inside = new HostingException(ErrorIds.AwsProfileNotFound, HostingErrorCategory.ObjectNotFound, "p", "m");

        Assert.Same(inside, AwsErrorTranslation.Translate(new AmazonClientException("outer", inside), null, "route53:GetChange"));
    }

    private static AwsConnection Connect(string url) => new(new AwsSettings { EndpointUrl = url });

    private static async Task<HostingException> FailAsync(string url, AWSCredentials? credentials = null)
    {
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = url }, credentials);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(connection));
        return AwsErrorTranslation.Translate(thrown, "example.com", "route53:ListHostedZonesByName");
    }

    private static Task AskAsync(AwsConnection connection) =>
        connection.Route53.ListHostedZonesByNameAsync(new ListHostedZonesByNameRequest { DNSName = "example.com." });

    private static async Task AnswerPlainlyAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            }
        }
        catch (SocketException)
        {
            // The test stopped listening.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
