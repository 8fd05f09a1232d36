using HostingOps.Aws.Tests.Stub;
using HostingOps.Engine.Aws;

namespace HostingOps.Aws.Tests;

/// <summary>Credentials of those who signed in with <c>aws sso login</c>.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class SsoCredentialTests : IDisposable
{
    private const string Secret = "a-very-secret-key";

    private static readonly StubAnswer SsoAnswer = new(
        200, """{"roleCredentials":{"accessKeyId":"SSOKEY","secretAccessKey":"s","sessionToken":"SSOTOKEN","expiration":4070908800000}}""", "application/json");

    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [Fact]
    public async Task An_SSO_session_gets_its_roles_credentials()
    {
        await using var sso = new StubServer(new StubAnswer(
            200, """{"roleCredentials":{"accessKeyId":"SSOKEY","secretAccessKey":"s","sessionToken":"SSOTOKEN","expiration":4070908800000}}""", "application/json"));
        environment.Set("AWS_ENDPOINT_URL_SSO", sso.Url);
        environment.Config(
            "[profile agency]\nsso_session = work\nsso_account_id = 123456789012\nsso_role_name = Ops\nregion = eu-west-1\n"
            + "[sso-session work]\nsso_region = eu-west-1\nsso_start_url = https://work.awsapps.com/start\nsso_registration_scopes = sso:account:access\n");
        SsoSignIn.Write(environment, "work", DateTime.UtcNow.AddHours(4));

        var request = await FirstCall.SignedAsync(new AwsSettings { Profile = "agency" });

        Assert.Contains("Credential=SSOKEY/", request.Authorization);
        Assert.Equal("SSOTOKEN", request.Headers["x-amz-security-token"]);
        Assert.Equal("the-sso-token", sso.Only.Headers["x-amz-sso_bearer_token"]);
        Assert.Equal(("123456789012", "Ops"), (sso.Only.Query["account_id"], sso.Only.Query["role_name"]));
    }

    [Fact]
    public async Task An_SSO_token_that_has_run_out_is_renewed_and_kept_for_the_next_process()
    {
        await using var oidc = new StubServer(new StubAnswer(
            200, """{"accessToken":"the-new-token","expiresIn":28800,"refreshToken":"refresh-2","tokenType":"Bearer"}""", "application/json"));
        await using var sso = SsoPortal();
        environment.Set("AWS_ENDPOINT_URL_SSO", sso.Url);
        environment.Set("AWS_ENDPOINT_URL_SSO_OIDC", oidc.Url);
        environment.Config(SsoSignIn.Profile);
        SsoSignIn.Write(environment, "work", DateTime.UtcNow.AddHours(-1), ""","clientId":"client","clientSecret":"hush","registrationExpiresAt":"2099-01-01T00:00:00Z","refreshToken":"refresh-1" """);

        var request = await FirstCall.SignedAsync(new AwsSettings { Profile = "agency" });

        Assert.Contains("Credential=SSOKEY/", request.Authorization);
        Assert.Equal("the-new-token", sso.Only.Headers["x-amz-sso_bearer_token"]);
        using var asked = System.Text.Json.JsonDocument.Parse(oidc.Only.Body);
        Assert.Equal(
            ("refresh_token", "refresh-1", "client"),
            (asked.RootElement.GetProperty("grantType").GetString(), asked.RootElement.GetProperty("refreshToken").GetString(), asked.RootElement.GetProperty("clientId").GetString()));
        var kept = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(environment.Folder, ".aws", "sso", "cache"))));
        Assert.Contains("the-new-token", kept, StringComparison.Ordinal);
        Assert.Contains("refresh-2", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_SSO_portal_that_refuses_says_which_profile_and_never_the_token()
    {
        await using var sso = new StubServer(new StubAnswer(
            401, """{"message":"Session token not found or invalid","__type":"com.amazonaws.switchboard.portal#UnauthorizedException"}""", "application/json"));
        environment.Set("AWS_ENDPOINT_URL_SSO", sso.Url);
        environment.Config(SsoSignIn.Profile);
        SsoSignIn.Write(environment, "work", DateTime.UtcNow.AddHours(4));

        var error = await FirstCall.FailAsync(new AwsSettings { Profile = "agency" });

        Assert.Contains("profile 'agency'", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-sso-token", error.ToString(), StringComparison.Ordinal);
        Assert.Single(sso.Requests);
    }

    [Fact]
    public async Task An_SSO_portal_that_stumbles_is_asked_again()
    {
        await using var sso = new StubServer((_, number) => number == 1 ? new StubAnswer(503, "busy", "text/plain") : SsoAnswer);
        environment.Set("AWS_ENDPOINT_URL_SSO", sso.Url);
        environment.Config(SsoSignIn.Profile);
        SsoSignIn.Write(environment, "work", DateTime.UtcNow.AddHours(4));

        Assert.Contains("Credential=SSOKEY/", (await FirstCall.SignedAsync(new AwsSettings { Profile = "agency" })).Authorization);
        Assert.Equal(2, sso.Requests.Count);
    }

    [Fact]
    public async Task An_SSO_session_that_was_never_signed_in_says_how_to_sign_in()
    {
        environment.Config(
            "[profile agency]\nsso_session = work\nsso_account_id = 123456789012\nsso_role_name = Ops\nregion = eu-west-1\n"
            + "[sso-session work]\nsso_region = eu-west-1\nsso_start_url = https://work.awsapps.com/start\n");

        var error = await FirstCall.FailAsync(new AwsSettings { Profile = "agency" });

        Assert.Equal(ErrorIds.AwsCredentialsInvalid, error.ErrorId);
        Assert.Contains("aws sso login", error.RecommendedAction);
    }

    [Fact]
    public async Task No_assembly_of_ours_bears_a_name_that_another_copy_of_the_SDK_looks_for()
    {
        await using var sts = CredentialTests.Sts();
        await using var sso = SsoPortal();
        environment.Set("AWS_ENDPOINT_URL_STS", sts.Url);
        environment.Set("AWS_ENDPOINT_URL_SSO", sso.Url);
        environment.Set("AWS_ACCESS_KEY_ID", "FROMENV");
        environment.Set("AWS_SECRET_ACCESS_KEY", Secret);
        environment.Config(SsoSignIn.Profile + "[profile role]\nrole_arn = arn:aws:iam::2:role/role\ncredential_source = Environment\n");
        SsoSignIn.Write(environment, "work", DateTime.UtcNow.AddHours(4));

        await FirstCall.SignedAsync(new AwsSettings { Profile = "agency" });
        await FirstCall.SignedAsync(new AwsSettings { Profile = "role" });

        // The core of AWS.Tools would take the first assembly with one of these names, whichever load context it is in.
        Assert.Equal(
            ["AWSSDK.Core"],
            AppDomain.CurrentDomain.GetAssemblies().Select(static assembly => assembly.GetName().Name!).Where(static name => name.StartsWith("AWSSDK", StringComparison.Ordinal)));
    }

    private static StubServer SsoPortal() => new(SsoAnswer);
}
