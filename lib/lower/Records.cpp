// Classes as records: their fields, their virtual methods and their bases.

#include "lower/UnitLowering.h"

using namespace clang;

namespace taskleak {

std::string methodKey(const CXXMethodDecl &Method) {
  if (isa<CXXDestructorDecl>(Method))
    return DestructorKey.str();
  return Method.getNameAsString() + "/" + std::to_string(Method.getNumParams());
}

/// Nearest first: what overrides hides what it overrides, even where its body is out of sight.
void UnitLowering::addMethods(const CXXRecordDecl &Record, uint32_t Index,
                              llvm::StringSet<> &Hidden) {
  for (const CXXMethodDecl *Method : Record.methods()) {
    if (!Method->isVirtual() || isa<CXXDestructorDecl>(Method))
      continue;
    std::string Key = methodKey(*Method);
    if (!Hidden.insert(Key).second)
      continue;
    if (FunctionId Id = function(*Method); Id != NoId)
      unit().Records[Index].Methods.push_back({Key, Id});
  }
  for (const CXXBaseSpecifier &Parent : Record.bases())
    if (const CXXRecordDecl *R = Parent.getType()->getAsCXXRecordDecl(); R && R->hasDefinition())
      addMethods(*R->getDefinition(), Index, Hidden);
}

static void embeddedFields(const RecordDecl &Record, Forms &Types, std::vector<std::string> &Out) {
  for (const FieldDecl *Field : Record.fields())
    if (!Field->getType()->isReferenceType() && Types.of(Field->getType()).isObject())
      Out.push_back(Field->getNameAsString());
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&Record); Class && Class->hasDefinition())
    for (const CXXBaseSpecifier &Parent : Class->bases())
      if (const RecordDecl *R = Parent.getType()->getAsRecordDecl(); R && R->getDefinition())
        embeddedFields(*R->getDefinition(), Types, Out);
}

static std::string nameOf(const RecordDecl &Record, const ASTContext &Context) {
  return QualType(Context.getCanonicalTagType(&Record)).getAsString(Context.getPrintingPolicy());
}

std::string UnitLowering::virtualCallee(const CXXMethodDecl &Method, const RecordDecl &Class) {
  return methodKey(Method) + "@" + nameOf(Class, Context);
}

void UnitLowering::addBases(const CXXRecordDecl &Record, uint32_t Index) {
  for (const CXXBaseSpecifier &Parent : Record.bases())
    if (const CXXRecordDecl *R = Parent.getType()->getAsCXXRecordDecl();
        R && R->hasDefinition() && R->isPolymorphic()) {
      unit().Records[Index].Bases.push_back(nameOf(*R, Context));
      addBases(*R->getDefinition(), Index);
    }
}

std::string UnitLowering::record(const RecordDecl &Record) {
  const RecordDecl *Key = Record.getDefinition() ? Record.getDefinition() : &Record;
  auto [Entry, New] = Records.try_emplace(Key);
  if (!New)
    return Entry->second;
  std::string Name = nameOf(*Key, Context);
  if (unit().findRecord(Name)) // Two local classes may share a name.
    Name += "#" + std::to_string(unit().Records.size());
  Records[Key] = Name;
  uint32_t Index = unit().Records.size();
  unit().Records.push_back({Name, {}, {}, {}, {}, {}});
  std::vector<std::string> Embedded;
  if (!Types.of(Context.getCanonicalTagType(Key)).is(Form::Variant))
    embeddedFields(*Key, Types, Embedded);
  unit().Records[Index].Embedded = std::move(Embedded);
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Key); Class && Class->hasDefinition() && Class->isPolymorphic()) {
    addBases(*Class, Index);
    llvm::StringSet<> Hidden;
    addMethods(*Class, Index, Hidden);
    if (FunctionId Id = destructor(Context.getCanonicalTagType(Class)); Id != NoId)
      unit().Records[Index].Methods.push_back({DestructorKey.str(), Id});
  }
  return Name;
}

void UnitLowering::leadsBack(const FieldDecl &Field) {
  std::string Name = record(*Field.getParent());
  for (RecordType &R : unit().Records)
    if (R.Name == Name && !llvm::is_contained(R.LeadBack, Field.getName()))
      R.LeadBack.push_back(Field.getNameAsString());
}

} // namespace taskleak
