# Errors by their id: each names its target, its category and what to do, and none stops what it is not about.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $sandbox = New-Rehearsal
    $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath

    function Use-State([string] $Path, [scriptblock] $Script) {
        $named = $env:HOSTINGOPS_STATE
        $env:HOSTINGOPS_STATE = $Path
        try { & $Script } finally { $env:HOSTINGOPS_STATE = $named }
    }

    function Use-Inventory([string] $Yaml, [scriptblock] $Script) {
        $path = Join-Path $TestDrive 'other.yml'
        Set-Content $path $Yaml
        & $Script $path
    }

    # The sandbox's own inventory with something of it replaced.
    function Edit-Inventory([string] $Pattern, [string] $By) {
        (Get-Content $sandbox.InventoryPath -Raw) -replace $Pattern, $By
    }
}

AfterAll {
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'An error record' {
    It 'tells what, of what and what to do: <Id>, <Name>' -ForEach @(
        @{ Id = 'InventoryNotFound'; Name = 'no file'; Category = 'ObjectNotFound'; Target = 'none\.yml$'
            Script = { Get-HostedSite -InventoryPath (Join-Path $TestDrive 'none.yml') } }
        @{ Id = 'InventoryInvalid'; Name = 'a wrong key'; Category = 'InvalidData'; Target = 'other\.yml$'
            Script = { Use-Inventory 'version: 1' { param($path) Get-SiteDnsTarget -InventoryPath $path } } }
        @{ Id = 'InventoryUnreadable'; Name = 'held by another'; Category = 'ResourceUnavailable|PermissionDenied'; Target = 'held\.yml$'
            Script = { $held = [IO.File]::Open((Join-Path $TestDrive 'held.yml'), 'OpenOrCreate', 'ReadWrite', 'None'); try { Get-HostedSite -InventoryPath $held.Name } finally { $held.Dispose() } } }
        @{ Id = 'SiteNotFound'; Name = 'a typing error'; Category = 'ObjectNotFound'; Target = '^acmee$'
            Script = { Test-SiteHealth acmee } }
        @{ Id = 'HostNotFound'; Name = 'of no site'; Category = 'ObjectNotFound'; Target = '^lefft$'
            Script = { Set-SiteDnsTarget acme lefft -Force } }
        @{ Id = 'InvalidArgument'; Name = 'a path of no folder'; Category = 'InvalidArgument'; Target = '^Env:'
            Script = { Get-HostedSite -InventoryPath Env:\PATH } }
        @{ Id = 'InvalidArgument'; Name = 'a pattern'; Category = 'InvalidArgument'; Target = '^a\[$'
            Script = { Get-HostedSite 'a[' } }
        @{ Id = 'FileExists'; Name = 'an inventory'; Category = 'ResourceUnavailable'; Target = '\.yml$'
            Script = { New-HostingInventory $sandbox.InventoryPath } }
        @{ Id = 'FileWriteFailed'; Name = 'no folder'; Category = 'ResourceUnavailable'; Target = 'no\W+such'
            Script = { New-HostingInventory (Join-Path $TestDrive 'no/such.yml') } }
        @{ Id = 'AwsProfileNotFound'; Name = 'a profile'; Category = 'AuthenticationError|ObjectNotFound|InvalidArgument'; Target = '.'
            Script = { Get-SiteDnsTarget -ProfileName no-such-profile } }
        @{ Id = 'AwsEndpointUnreachable'; Name = 'nobody there'; Category = 'ConnectionError'; Target = '.'
            Script = { Get-SiteDnsTarget -EndpointUrl http://127.0.0.1:9 } }
        @{ Id = 'AwsAccessDenied'; Name = 'a permission'; Category = 'AuthenticationError'; Target = '.'
            Script = { $sandbox.Faults.FailNext('ListResourceRecordSets', 'AccessDenied', 20); Get-SiteDnsTarget } }
        @{ Id = 'HostedZoneNotFound'; Name = 'another zone'; Category = 'ObjectNotFound'; Target = '.'
            Script = { Use-Inventory (Edit-Inventory '(?m)^zone: .*$' 'zone: elsewhere.example' ) { param($path) Get-SiteDnsTarget -InventoryPath $path } } }
        @{ Id = 'FailoverRefused'; Name = 'a healthy host'; Category = 'PermissionDenied'; Target = '^acme$'
            Script = { Invoke-SiteFailover acme -Force } }
        @{ Id = 'OverrideNotAllowed'; Name = 'no reason'; Category = 'PermissionDenied|InvalidArgument'; Target = '.?'
            Script = { Get-SiteFailoverPlan acme -Override Cooldown } }
        @{ Id = 'OperationNotFound'; Name = 'to undo'; Category = 'ObjectNotFound'; Target = '^NOSUCH$'
            Script = { Undo-SiteFailover -OperationId NOSUCH } }
        @{ Id = 'OperationNotFound'; Name = 'to resume'; Category = 'ObjectNotFound'; Target = '^NOSUCH$'
            Script = { Resume-SiteFailover -OperationId NOSUCH } }
        @{ Id = 'OperationNotUndoable'; Name = 'nothing was moved'; Category = 'InvalidArgument|ObjectNotFound'; Target = '.?'
            Script = { Undo-SiteFailover bakery -Force } }
        @{ Id = 'RecordConflict'; Name = 'moved since the plan'; Category = 'ResourceExists'; Target = '^acme$'
            Script = { $plan = Get-SiteFailoverPlan acme -Planned; $null = Set-SiteDnsTarget acme right -Force; try { $plan | Invoke-SiteFailover -Force } finally { $null = Set-SiteDnsTarget acme left -Force } } }
        @{ Id = 'PlanStale'; Name = 'an old plan'; Category = 'ResourceExists|InvalidArgument'; Target = '^acme$'
            Script = { $plan = Get-SiteFailoverPlan acme -Planned; [HostingOps.SiteFailoverPlan].GetProperty('CreatedAt').SetValue($plan, [DateTimeOffset]::UtcNow.AddHours(-1)); $plan | Invoke-SiteFailover -Force } }
        @{ Id = 'StateUnavailable'; Name = 'a folder that is a file'; Category = 'ResourceUnavailable'; Target = '.'
            Script = { Use-State (Join-Path $sandbox.InventoryPath 'state.db') { Get-SiteFailoverHistory } } }
        @{ Id = 'StateCorrupt'; Name = 'no database'; Category = 'InvalidData'; Target = '.'
            Script = { $bad = Join-Path $TestDrive 'bad.db'; Set-Content $bad ('This is no database. ' * 200); Use-State $bad { Disable-SiteFailover acme Migration } } }
        @{ Id = 'DrillFailed'; Name = 'HostNotFound'; Expected = 'HostNotFound'; Category = 'ObjectNotFound'; Target = 'nowhere'
            Script = { Invoke-FailoverDrill nowhere -InventoryPath $sandbox.InventoryPath } }
        @{ Id = 'HookFailed'; Name = 'a hook'; Category = 'FromStdErr'; Target = '^acme$'
            Script = { Use-Inventory (Edit-Inventory '(?m)^(  acme:)$' "`$1`n    hooks: { promote: [[pwsh, -NoProfile, -Command, 'exit 3']] }") { param($path) Invoke-SiteFailover acme -Planned -Force -InventoryPath $path } } }
        @{ Id = 'ConfirmationRequired'; Name = 'nobody to ask'; Category = 'PermissionDenied'; Target = '^Set-SiteDnsTarget$'
            Script = { (Invoke-Asked 'Set-SiteDnsTarget acme right').Errors | ForEach-Object { throw $_ } } }
    ) {
        $caught = $null
        try { $null = & $Script 2>&1 3>$null | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { $caught ??= $_ } } } catch { $caught = $_ }
        finally { $sandbox.Faults.Clear() }
        $caught | Should -Not -BeNullOrEmpty
        $caught.FullyQualifiedErrorId | Should -Match "^$($Expected ?? $Id),HostingOps\.Cmdlets\.Commands\.\w+\.\w+Command$"
        $caught.Exception | Should -BeOfType HostingOps.HostingException
        $caught.Exception.Message | Should -Not -BeNullOrEmpty
        "$($caught.CategoryInfo.Category)" | Should -Match "^($Category)$"
        "$($caught.TargetObject)" | Should -Match $Target
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        "$caught" | Should -Not -Match "`e|   at HostingOps"
        Get-ActiveHost | Should -Be 'acme left, bakery right, clinic left'
    }

    It 'has every id that docs/errors.md explains' {
        $told = Get-ChildItem (Join-Path $PSScriptRoot '../../docs/en-US/*.md') | ForEach-Object {
            [regex]::Matches((($_ | Get-Content -Raw) -split '## Errors')[1], '\b[A-Z][A-Za-z]+[a-z]\b') | Select-Object -ExpandProperty Value
        } | Where-Object { $_ -notin 'By', 'FullyQualifiedErrorId' } | Sort-Object -Unique
        $known = [HostingOps.ErrorIds].GetFields().Name
        $told | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
        foreach ($command in (Get-Command -Module HostingOps | Where-Object { $_.Parameters.ContainsKey('WhatIf') }).Name) {
            Get-Content (Join-Path $PSScriptRoot "../../docs/en-US/$command.md") -Raw | Should -Match 'ConfirmationRequired'
        }
    }
}

Describe 'One bad site' {
    It 'of ten does not stop the others: <Command>' -ForEach @(
        @{ Command = 'Get-HostedSite'; More = @{} }
        @{ Command = 'Test-SiteHealth'; More = @{} }
        @{ Command = 'Get-SiteDnsTarget'; More = @{} }
        @{ Command = 'Get-SiteFailoverPlan'; More = @{ Planned = $true } }
        @{ Command = 'Invoke-SiteFailover'; More = @{ Planned = $true; Force = $true } }
        @{ Command = 'Undo-SiteFailover'; More = @{ Force = $true } }
        @{ Command = 'Set-SiteDnsTarget'; More = @{ Role = 'Primary'; Force = $true } }
        @{ Command = 'Disable-SiteFailover'; More = @{ Reason = 'Migration'; PassThru = $true } }
        @{ Command = 'Enable-SiteFailover'; More = @{ PassThru = $true } }
        @{ Command = 'Get-SiteFailoverHistory'; More = @{ First = 3 } }
    ) {
        $given = 'acme', 'nosuch', 'clinic', 'a[', 'bakery' | & $Command @More -ErrorAction SilentlyContinue -ErrorVariable failed
        @($given | ForEach-Object { $_.SiteName ?? $_.Name } | Sort-Object -Unique).Count | Should -BeGreaterThan 1
        $failed | Where-Object FullyQualifiedErrorId -Like 'SiteNotFound,*' | ForEach-Object TargetObject | Should -Be 'nosuch'
        $failed | Where-Object FullyQualifiedErrorId -Like 'InvalidArgument,*' | ForEach-Object TargetObject | Should -Be 'a['
        $failed | Should -HaveCount 2
    }

    It 'without the host does not stop those that have it: <Command>' -ForEach @(
        @{ Command = 'Get-SiteFailoverPlan'; More = @{ To = 'third'; Planned = $true } }
        @{ Command = 'Invoke-SiteFailover'; More = @{ To = 'third'; Planned = $true; Force = $true; WhatIf = $true } }
        @{ Command = 'Set-SiteDnsTarget'; More = @{ HostName = 'THIRD'; Force = $true; WhatIf = $true } }
    ) {
        $three = Join-Path $TestDrive 'three.yml'
        $yaml = Get-Content $sandbox.InventoryPath -Raw
        Set-Content $three (($yaml -replace '(?m)^sites:', "  third: { provider: three, address: 192.0.2.9 }`nsites:") -replace '(?s)(  clinic:.*?secondary: )right', '$1third')
        $run = Invoke-Asked "$Command -Name * -InventoryPath '$three' $(($More.Keys | ForEach-Object { $More[$_] -is [bool] ? "-$_" : "-$_ $($More[$_])" }) -join ' ')"
        $run.Errors.TargetObject | Should -Be 'acme', 'bakery'
        $run.Errors.FullyQualifiedErrorId | Should -BeLike 'HostNotFound,*'
        "$($run.Lines) $($run.Output.SiteName)" | Should -Match 'clinic'
    }

    It 'that is refused does not stop the others, and its result comes too' {
        Disable-SiteFailover bakery 'Migration'
        $results = Invoke-SiteFailover acme, bakery, clinic -Planned -Force -ErrorAction SilentlyContinue -ErrorVariable failed
        $results | Where-Object Outcome -EQ Succeeded | ForEach-Object SiteName | Sort-Object | Should -Be 'acme', 'clinic'
        ($results | Where-Object SiteName -EQ bakery).Outcome | Should -Be 'Refused'
        $failed.TargetObject | Should -Be 'bakery'
        Enable-SiteFailover bakery
        $null = $results | Where-Object Outcome -EQ Succeeded | Undo-SiteFailover -Force
    }
}

Describe '-ErrorAction' {
    It 'Stop ends at the first' {
        { 'nosuch', 'acme' | Get-HostedSite -ErrorAction Stop } | Should -Throw -ErrorId 'SiteNotFound,*'
        { $ErrorActionPreference = 'Stop'; 'nosuch', 'acme' | Get-SiteDnsTarget } | Should -Throw -ErrorId 'SiteNotFound,*'
    }

    It 'Stop at an unknown name moves nothing of what came before it' {
        $zone = Get-ZoneBody $sandbox
        { 'acme', 'nosuch' | Invoke-SiteFailover -Planned -Force -ErrorAction Stop } | Should -Throw -ErrorId 'SiteNotFound,*'
        Get-ZoneBody $sandbox | Should -BeExactly $zone
    }

    It 'SilentlyContinue says nothing and keeps it in $Error and -ErrorVariable; Ignore keeps nothing' {
        $Error.Clear()
        $said = & { (Get-HostedSite nosuch, acme -ErrorAction SilentlyContinue -ErrorVariable kept).Name; $kept.Count } 2>&1
        $said | Should -Be 'acme', 1
        $Error.Count | Should -Be 1
        $Error.Clear()
        (Get-HostedSite nosuch, acme -ErrorAction Ignore).Name | Should -Be 'acme'
        $Error.Count | Should -Be 0
    }

    It 'Continue leaves $? at False and goes on' {
        $ErrorActionPreference = 'Continue'
        $null = Get-HostedSite nosuch, acme 2>$null
        $? | Should -BeFalse
        $null = Get-HostedSite acme
        $? | Should -BeTrue
        $null = Invoke-SiteFailover acme -Force 2>$null
        $? | Should -BeFalse -Because 'the failover was refused'
    }
}
