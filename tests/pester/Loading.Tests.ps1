# How the module comes into a PowerShell, keeps its libraries to itself, and goes. Each test has a process of its own.
BeforeDiscovery {
    $foreign = Join-Path $PSScriptRoot '../../out/Foreign/Foreign.psd1'
    $noForeign = if (-not (Test-Path $foreign)) { 'the foreign module is not built (dotnet build tests/HostingOps.ForeignModule)' }
    if ($noForeign -and "$env:HOSTINGOPS_REQUIRE") { throw "Nothing may be skipped, and $noForeign." }
    # A container may have strace and forbid it.
    $noStrace = if (-not (Get-Command strace -ErrorAction Ignore)) { 'strace is not on PATH' }
    else {
        $null = strace -o /dev/null true 2>&1
        if ($LASTEXITCODE -ne 0) { 'strace may not trace here' }
    }
    if ($noStrace -eq 'strace is not on PATH' -and "$env:HOSTINGOPS_REQUIRE" -split ',' -contains 'strace') { throw $noStrace }
}

BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    $foreignPath = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../out/Foreign'))
    $dependencies = Join-Path $modulePath 'bin/dependencies'
    $sample = Join-Path $modulePath 'samples/hosting.yml'

    # Gives what the script writes, line by line; a variable of the environment that is $null is unset.
    function Invoke-FreshShell([string] $Script, [hashtable] $Environment = @{}) {
        $text = "`$ErrorActionPreference = 'Stop'; `$module = '$modulePath'; `$foreign = '$foreignPath/Foreign.psd1'; `$sample = '$sample'; $Script"
        $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
        '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', $encoded | ForEach-Object { $start.ArgumentList.Add($_) }
        @($start.Environment.Keys) -match '^(AWS_|HOSTINGOPS_)' | ForEach-Object { $null = $start.Environment.Remove($_) }
        $Environment.GetEnumerator() | ForEach-Object { $start.Environment[$_.Key] = $_.Value }
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject]@{ ExitCode = $process.ExitCode; Text = ($output + $errors.Result).Trim(); Lines = @($output -split '\r?\n' | Where-Object { $_ }) }
    }

    # The libraries in a process, each with its load context and place; run in the fresh shell.
    $listLibraries = @'
        [AppDomain]::CurrentDomain.GetAssemblies() |
            Where-Object { $_.GetName().Name -match '^(AWSSDK|YamlDotNet|Microsoft\.Data\.Sqlite|SQLitePCLRaw|Polly)' } |
            ForEach-Object { '{0}|{1}' -f [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name, $_.Location }
'@
}

Describe 'Importing' {
    It 'loads nothing but its two visible assemblies when it is imported' {
        $shell = Invoke-FreshShell 'Import-Module $module; [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match ''^(HostingOps|AWSSDK|YamlDotNet|Microsoft.Data.Sqlite)'' | Sort-Object'
        $shell.Text -split '\s+' | Should -Be 'HostingOps.Abstractions', 'HostingOps.Cmdlets'
    }

    It 'loads no library and no network with it that a bare shell has not' {
        $names = '[AppDomain]::CurrentDomain.GetAssemblies().GetName().Name | Sort-Object -Unique'
        $bare = (Invoke-FreshShell "Import-Module Microsoft.PowerShell.Utility; $names").Lines
        $with = (Invoke-FreshShell "Import-Module Microsoft.PowerShell.Utility; Import-Module `$module; $names").Lines
        $more = @($with | Where-Object { $_ -notin $bare })
        $more | Should -Contain 'HostingOps.Cmdlets'
        $more | Where-Object { $_ -match '^(System\.Net|AWSSDK|YamlDotNet|Microsoft\.Data|SQLitePCLRaw|Polly|HostingOps\.(Engine|Aws|Sandbox))' } | Should -BeNullOrEmpty
    }

    It 'writes no file: not in the home folder, not in the state folder' {
        $place = (New-Item (Join-Path $TestDrive 'home') -ItemType Directory).FullName
        $state = Join-Path $TestDrive 'state/state.db'
        $shell = Invoke-FreshShell 'Import-Module $module; (Get-Command -Module HostingOps).Count' @{
            HOME = $place; USERPROFILE = $place; HOSTINGOPS_STATE = $state
            # Of PowerShell itself, so that what is left can only be ours.
            POWERSHELL_TELEMETRY_OPTOUT = '1'; PSModuleAnalysisCachePath = Join-Path $TestDrive 'analysis'
        }
        [int]$shell.Text | Should -BeGreaterThan 10
        Split-Path $state | Should -Not -Exist
        Get-ChildItem $place -Recurse -File -Force | Where-Object FullName -NotMatch 'StartupProfileData|ModuleAnalysisCache' | Should -BeNullOrEmpty
    }

    It 'opens its own files and no socket' -Skip:([bool]$noStrace) {
        $trace = Join-Path $TestDrive 'trace'
        $script = "try { [IO.File]::OpenRead('/begin-of-import') } catch { }; Import-Module '$modulePath'; try { [IO.File]::OpenRead('/end-of-import') } catch { }"
        $null = & strace -f -q -s 300 -e trace=openat,open,creat,connect,socket,bind,mkdir,unlink -o $trace ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command $script 2>&1
        $lines = Get-Content $trace
        $first = [Array]::FindIndex($lines, [Predicate[string]] { $args[0].Contains('"/begin-of-import"') })
        $last = [Array]::FindIndex($lines, [Predicate[string]] { $args[0].Contains('"/end-of-import"') })
        $first | Should -BeGreaterOrEqual 0
        $last | Should -BeGreaterThan $first
        $during = $lines[$first..$last]
        $during | Where-Object { $_ -match '\b(connect|socket|bind|mkdir|creat|unlink)\(' } | Should -BeNullOrEmpty
        $during | Where-Object { $_ -match 'open(at)?\(.*O_(WRONLY|RDWR|CREAT)' -and $_ -notmatch '/dev/|/proc/|ENOENT|doublemapper|/memfd' } | Should -BeNullOrEmpty
        $during | Where-Object { $_ -match 'open(at)?\(.*bin/dependencies' } | Should -BeNullOrEmpty
        $during | Where-Object { $_ -match 'open(at)?\(.*HostingOps\.Cmdlets\.dll' } | Should -Not -BeNullOrEmpty
    }

    It 'fails with the name of the file when the installation lacks <File>' -ForEach @(
        # The engine is missed before any command of ours runs, so PowerShell shows the runtime's text and ours below it.
        @{ File = 'HostingOps.Engine.dll'; Told = '$_.Exception.GetBaseException().Message' }
        @{ File = 'YamlDotNet.dll'; Told = '$_.Exception.Message' }
    ) {
        $copy = Join-Path $TestDrive "without-$File/HostingOps"
        Copy-Item $modulePath $copy -Recurse
        Remove-Item (Join-Path $copy "bin/dependencies/$File")
        $shell = Invoke-FreshShell @"
            Import-Module '$copy'
            try { Get-HostedSite -InventoryPath '$sample' } catch { $Told }
"@
        $shell.Text | Should -Match ([regex]::Escape($File))
        $shell.Text | Should -Match 'is missing\. Install the module again\.'
    }
}

Describe 'Removing and importing again' {
    It 'works after it was removed and imported again' {
        $shell = Invoke-FreshShell @'
            Import-Module $module
            $sample = Join-Path $module 'samples/hosting.yml'
            $first = @(Get-HostedSite -InventoryPath $sample).Count
            Remove-Module HostingOps
            Import-Module $module
            "$first $(@(Get-HostedSite -InventoryPath $sample).Count) $(Test-HostingInventory $sample -Quiet)"
'@
        $shell.Text | Should -Match '^(\d+) \1 True$'
    }

    # What was loaded before the removal needs no handler any more, so the first use comes after the second import.
    It 'finds its libraries for the first time after <What>' -ForEach @(
        @{ What = 'removal and import'; Script = 'Import-Module $module; Remove-Module HostingOps; Import-Module $module' }
        @{ What = 'import over import'; Script = 'Import-Module $module; Import-Module $module -Force; Import-Module $module' }
        @{ What = '20 rounds'; Script = '1..20 | ForEach-Object { Import-Module $module; Remove-Module HostingOps }; Import-Module $module' }
    ) {
        $shell = Invoke-FreshShell "$Script; @(Get-HostedSite -InventoryPath `$sample).Count"
        [int]$shell.Text | Should -BeGreaterThan 0
    }

    It 'leaves no handler behind, however often it came and went' {
        $shell = Invoke-FreshShell @'
            # The handlers of AssemblyLoadContext.Resolving stand in a field of it.
            $field = [System.Runtime.Loader.AssemblyLoadContext].GetField('_resolving', 'NonPublic,Instance')
            function Measure-Handler {
                @($field.GetValue([System.Runtime.Loader.AssemblyLoadContext]::Default)?.GetInvocationList() |
                    Where-Object { $_.Method.DeclaringType.FullName -like 'HostingOps.*' }).Count
            }
            $counts = [System.Collections.Generic.List[int]]::new()
            $counts.Add((Measure-Handler))
            1..20 | ForEach-Object { Import-Module $module; $counts.Add((Measure-Handler)); Import-Module $module -Force; Remove-Module HostingOps; $counts.Add((Measure-Handler)) }
            ($counts | Sort-Object -Unique) -join ' '
            $counts[-1]
'@
        $shell.Lines | Should -Be '0 1', '0'
    }

    It 'has every kind of command work before and after, on SQLite, AWS, YAML and the sandbox' {
        $shell = Invoke-FreshShell @'
            function Use-Everything {
                $sandbox = Start-HostingSandbox -InventoryPath $sample
                try {
                    $sites = @($sandbox | Get-HostedSite)
                    $targets = @($sandbox | Get-SiteDnsTarget)
                    $null = $sandbox | Disable-SiteFailover $sites[0].Name -Reason 'a test' -Confirm:$false
                    $null = $sandbox | Enable-SiteFailover $sites[0].Name -Confirm:$false
                    $history = @($sandbox | Get-SiteFailoverHistory)
                    $health = @($sandbox | Test-SiteHealth $sites[0].Name)
                    '{0} {1} {2} {3}' -f $sites.Count, $targets.Count, $history.Count, $health[0].Status
                }
                finally { $sandbox | Stop-HostingSandbox }
            }
            Import-Module $module
            Use-Everything
            Remove-Module HostingOps
            "gone: $(-not (Get-Command Get-HostedSite -ErrorAction Ignore))"
            Import-Module $module
            Use-Everything
            # The same types, so what was kept from before still binds.
            $site = Get-HostedSite -InventoryPath $sample | Select-Object -First 1
            Import-Module $module -Force
            ($site | Get-HostedSite).Name -eq $site.Name
'@ @{ HOSTINGOPS_STATE = (Join-Path $TestDrive 'again.db') }
        $shell.Lines.Count | Should -Be 4 -Because $shell.Text
        $shell.Lines[0] | Should -Match '^(\d+) \1 \d+ Healthy$'
        $shell.Lines[1] | Should -Be 'gone: True'
        $shell.Lines[2] | Should -Be $shell.Lines[0]
        $shell.Lines[3] | Should -Be 'True'
    }

    It 'stops the sandboxes that still run when it is removed' {
        $shell = Invoke-FreshShell 'Import-Module $module; $sandbox = Start-HostingSandbox -InventoryPath $sample; Remove-Module HostingOps; "$($sandbox.IsRunning) $(Test-Path $sandbox.InventoryPath)"'
        $shell.Text | Should -Be 'False False'
    }
}

Describe 'Several runspaces of one process' {
    It 'works in parallel runspaces' {
        $counts = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:modulePath
            @(Get-HostedSite -InventoryPath $using:sample).Count
        }
        $counts | Sort-Object -Unique | Should -HaveCount 1
        $counts | Should -HaveCount 4
    }

    It 'imports and first uses it in all of them at once' {
        $shell = Invoke-FreshShell @'
            $counts = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel { Import-Module $using:module; @(Get-HostedSite -InventoryPath $using:sample).Count }
            "$($counts.Count) $(@($counts | Sort-Object -Unique).Count)"
            $jobs = 1..4 | ForEach-Object { Start-ThreadJob { Import-Module $using:module; @(Get-HostedSite -InventoryPath $using:sample).Count } }
            $counts = $jobs | Receive-Job -Wait -AutoRemoveJob
            "$($counts.Count) $(@($counts | Sort-Object -Unique).Count)"
'@
        $shell.Lines | Should -Be '8 1', '4 1' -Because $shell.Text
    }

    It 'still finds its libraries in one runspace after another has removed it' {
        $shell = Invoke-FreshShell @'
            $other = [powershell]::Create()
            $null = $other.AddScript("Import-Module '$module'").Invoke()
            Import-Module $module
            Remove-Module HostingOps
            $other.Commands.Clear()
            $other.AddScript("@(Get-HostedSite -InventoryPath '$sample').Count").Invoke()
            $other.Streams.Error
'@
        [int]$shell.Text | Should -BeGreaterThan 0
    }

    It 'keeps the sandbox of one runspace when another removes the module' {
        $shell = Invoke-FreshShell @'
            $other = [powershell]::Create()
            $null = $other.AddScript("Import-Module '$module'; `$sandbox = Start-HostingSandbox -InventoryPath '$sample'").Invoke()
            Import-Module $module
            Remove-Module HostingOps
            $other.Commands.Clear()
            $other.AddScript("`$sandbox.IsRunning; `$sandbox | Stop-HostingSandbox; `$sandbox.IsRunning").Invoke()
            $other.Streams.Error
'@
        $shell.Lines | Should -Be 'True', 'False' -Because $shell.Text
    }
}

Describe 'Beside another module with other builds of the same libraries' -Skip:([bool]$noForeign) {
    BeforeAll {
        Import-Module $modulePath -Force
        $sandbox = Start-HostingSandbox -InventoryPath $sample
        $answerer = & (Join-Path $PSScriptRoot 'Loading/Start-AwsAnswerer.ps1') -Route53 $sandbox.EndpointUrl

        # The profiles of a user, in a home folder of their own.
        $userHome = (New-Item (Join-Path $TestDrive 'user/.aws/sso/cache') -ItemType Directory -Force).Parent.Parent.Parent.FullName
        Set-Content "$userHome/.aws/credentials" @'
[static]
aws_access_key_id = STATIC
aws_secret_access_key = s
'@
        $keys = Join-Path $TestDrive 'keys.json'
        Set-Content $keys '{"Version":1,"AccessKeyId":"PROCESS","SecretAccessKey":"s","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}'
        $token = Join-Path $TestDrive 'token'
        Set-Content $token 'the-oidc-token'
        $print = $IsWindows ? 'cmd /c type' : 'cat'
        Set-Content "$userHome/.aws/config" @"
[profile role]
role_arn = arn:aws:iam::2:role/agency
source_profile = static
region = eu-west-1
[profile sso]
sso_session = work
sso_account_id = 123456789012
sso_role_name = Ops
region = eu-west-1
[profile process]
credential_process = $print $keys
[profile web]
role_arn = arn:aws:iam::2:role/web
web_identity_token_file = $token
region = eu-west-1
[sso-session work]
sso_region = eu-west-1
sso_start_url = https://work.awsapps.com/start
sso_registration_scopes = sso:account:access
"@
        $name = [Convert]::ToHexString([Security.Cryptography.SHA1]::HashData([Text.Encoding]::UTF8.GetBytes('work'))).ToLowerInvariant()
        Set-Content "$userHome/.aws/sso/cache/$name.json" '{"accessToken":"the-sso-token","expiresAt":"2098-01-01T00:00:00Z","region":"eu-west-1","startUrl":"https://work.awsapps.com/start"}'

        $world = @{
            HOME = $userHome; USERPROFILE = $userHome; AWS_EC2_METADATA_DISABLED = 'true'; AWS_REGION = 'eu-west-1'
            AWS_SHARED_CREDENTIALS_FILE = "$userHome/.aws/credentials"; AWS_CONFIG_FILE = "$userHome/.aws/config"
            AWS_ENDPOINT_URL_STS = $answerer.Url; AWS_ENDPOINT_URL_SSO = $answerer.Url
            INVENTORY = $sandbox.InventoryPath; ENDPOINT = $answerer.Url; HOSTINGOPS_STATE = (Join-Path $TestDrive 'company.db')
        }

        # Whose key signed the calls to a service since the last look.
        function Get-Signer([string] $Service) {
            $call = $null
            @(while ($answerer.Calls.TryDequeue([ref]$call)) { $call }) | Where-Object Service -EQ $Service | ForEach-Object Key | Sort-Object -Unique
        }

        # Both sides of the company, as text for a fresh shell: each line tells what came of it, and from where.
        $ours = @'
            $profiles = 'static', 'role', 'sso', 'process', 'web'
            foreach ($name in $profiles) {
                'ours {0} {1}' -f $name, @(Get-SiteDnsTarget -InventoryPath $env:INVENTORY -EndpointUrl $env:ENDPOINT -ProfileName $name).Count
            }
            $null = Disable-SiteFailover -InventoryPath $env:INVENTORY -Name * -Reason 'a test' -Confirm:$false
            'ours paused {0}' -f @(Enable-SiteFailover -InventoryPath $env:INVENTORY -Name * -Confirm:$false -PassThru).Count

'@
        $theirs = @'
            foreach ($answer in @(Get-ForeignYaml) + @(Get-ForeignSqlite) + @('static', 'role', 'sso' | ForEach-Object { Get-ForeignKey $_ }) + @(Get-ForeignCaller)) {
                foreach ($place in $answer.From, $answer.Polly, $answer.Core) {
                    if ($place -and (Split-Path $place) -ne (Split-Path $foreign)) { throw "Not their own: $place" }
                }
                "theirs $($answer.Value)"
            }

'@
        $theirsExpected = 'theirs yes', 'theirs 3*', 'theirs STATIC', 'theirs KEYagency', 'theirs SSOKEY', 'theirs KEYdirect'
    }

    AfterAll {
        ${answerer}?.Stop()
        ${sandbox}?.Dispose()
    }

    It 'has builds that differ from ours' {
        foreach ($library in 'AWSSDK.Core', 'YamlDotNet', 'Microsoft.Data.Sqlite') {
            $theirs, $ours = $foreignPath, $dependencies | ForEach-Object { [Diagnostics.FileVersionInfo]::GetVersionInfo((Join-Path $_ "$library.dll")).FileVersion }
            $theirs | Should -Not -Be $ours -Because $library
        }
        # The same identity, which is what a default load context cannot hold twice.
        $names = $foreignPath, $dependencies | ForEach-Object { [Reflection.AssemblyName]::GetAssemblyName((Join-Path $_ 'AWSSDK.Core.dll')).FullName }
        $names[0] | Should -Be $names[1]
    }

    It 'works in both when <Order>' -ForEach @(
        @{ Order = 'theirs was imported and used first'; Steps = 'import theirs', 'use theirs', 'import ours', 'use ours', 'use theirs' }
        @{ Order = 'ours was imported and used first'; Steps = 'import ours', 'use ours', 'import theirs', 'use theirs', 'use ours' }
        @{ Order = 'theirs was imported first and ours used first'; Steps = 'import theirs', 'import ours', 'use ours', 'use theirs' }
        @{ Order = 'ours was imported first and theirs used first'; Steps = 'import ours', 'import theirs', 'use theirs', 'use ours' }
        @{ Order = 'ours went and came back in between'; Steps = 'import ours', 'use ours', 'import theirs', 'use theirs', 'remove ours', 'use theirs', 'import ours', 'use ours' }
    ) {
        $null = Get-Signer route53
        $text = @{
            'import ours' = 'Import-Module $module;'; 'import theirs' = 'Import-Module $foreign;'; 'remove ours' = 'Remove-Module HostingOps;'
            'use ours' = $ours; 'use theirs' = $theirs
        }
        $shell = Invoke-FreshShell (($Steps | ForEach-Object { $text[$_] }) -join "`n") $world
        $shell.ExitCode | Should -Be 0 -Because $shell.Text

        $uses = @($Steps -like 'use*').Count
        $mine = @($shell.Lines -match '^ours \w+ [1-9]')
        $mine | Sort-Object -Unique | ForEach-Object { ($_ -split ' ')[1] } | Should -Be 'paused', 'process', 'role', 'sso', 'static', 'web' -Because $shell.Text
        $mine.Count | Should -Be (6 * @($Steps -eq 'use ours').Count)
        foreach ($expected in $theirsExpected) {
            @($shell.Lines -like $expected).Count | Should -Be @($Steps -eq 'use theirs').Count -Because "$expected, $($shell.Text)"
        }
        $shell.Lines.Count | Should -Be (6 * $uses)
        Get-Signer route53 | Should -Be 'KEYagency', 'KEYweb', 'PROCESS', 'SSOKEY', 'STATIC'
    }

    It 'takes nothing of theirs and gives nothing of ours' {
        $shell = Invoke-FreshShell "Import-Module `$foreign; $theirs Import-Module `$module; $ours '---'; $listLibraries" $world
        $shell.ExitCode | Should -Be 0 -Because $shell.Text
        $libraries = $shell.Lines[([Array]::IndexOf($shell.Lines, '---') + 1)..$shell.Lines.Count] | Where-Object { $_ }
        $private = $libraries -like 'HostingOps|*'
        $public = $libraries -notlike 'HostingOps|*'
        $private | ForEach-Object { Split-Path ($_ -split '\|')[1] } | Sort-Object -Unique | Should -Be $dependencies
        $public | ForEach-Object { Split-Path ($_ -split '\|')[1] } | Sort-Object -Unique | Should -Be $foreignPath
        foreach ($library in 'AWSSDK.Core', 'YamlDotNet', 'Microsoft.Data.Sqlite', 'SQLitePCLRaw.provider.e_sqlite3') {
            @($private -like "*$library.dll").Count | Should -Be 1 -Because $library
            @($public -like "*$library.dll").Count | Should -Be 1 -Because $library
        }
    }

    It 'has no assembly by a name that the SDK of another module looks for across the process' {
        # The SDK takes the first one of these that it sees, in whichever load context.
        Get-ChildItem $dependencies -Filter AWSSDK.*.dll | ForEach-Object Name | Should -Be 'AWSSDK.Core.dll'
    }

    It 'opens SQLite with the native library of each, in <Order>' -Skip:(-not $IsLinux) -ForEach @(
        @{ Order = 'theirs first'; Script = 'Import-Module $foreign; $null = Get-ForeignSqlite; Import-Module $module; $null = Get-SiteFailoverHistory -InventoryPath $env:INVENTORY' }
        @{ Order = 'ours first'; Script = 'Import-Module $module; $null = Get-SiteFailoverHistory -InventoryPath $env:INVENTORY; Import-Module $foreign; $null = Get-ForeignSqlite' }
    ) {
        $shell = Invoke-FreshShell "$Script; Get-Content /proc/self/maps | Where-Object { `$_ -match 'sqlite3' } | ForEach-Object { (`$_ -split '\s+')[-1] } | Sort-Object -Unique" $world
        $natives = @($shell.Lines -match 'libe_sqlite3\.so$')
        $natives | Should -HaveCount 2 -Because $shell.Text
        @($natives -like "$foreignPath/*") | Should -HaveCount 1
        @($natives -like "$dependencies/runtimes/*") | Should -HaveCount 1
    }

    It 'works beside a copy of <Library> that was loaded first' -ForEach @(
        @{ Library = 'AWSSDK.Core' }
        @{ Library = 'AWSSDK.SecurityToken' }
        @{ Library = 'YamlDotNet' }
    ) {
        $shell = Invoke-FreshShell @"
            Add-Type -Path (Join-Path (Split-Path `$foreign) '$Library.dll')
            Import-Module `$module
            @(Get-HostedSite -InventoryPath (Join-Path `$module 'samples/hosting.yml')).Count
            Get-SiteDnsTarget -InventoryPath (Join-Path `$module 'samples/hosting.yml') -EndpointUrl http://127.0.0.1:9 -ErrorAction SilentlyContinue
"@
        $shell.Text | Should -Match '^\d+'
        $shell.Text | Should -Not -Match 'assembly|MissingMethod|TypeLoad'
    }
}
